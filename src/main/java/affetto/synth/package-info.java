/**
 * Speech that nobody spoke: a source-filter voice that acts emotions by prosody, and its clips laid
 * down as the four corpora are, for tests and demonstrations without anybody's recordings.
 */
package affetto.synth;
