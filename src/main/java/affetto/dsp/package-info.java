/**
 * Signal processing on plain arrays, by the definitions of librosa 0.11. Engines hold their tables
 * and buffers: one per thread, many calls.
 */
package affetto.dsp;
