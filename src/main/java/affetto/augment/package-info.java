/** Changes of a clip's sound as values: an id, and a pure function of the waveform and a seed. */
package affetto.augment;
