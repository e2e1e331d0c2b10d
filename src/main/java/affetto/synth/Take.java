package affetto.synth;

import affetto.corpus.Emotion;

/**
 * One clip of one speaker as a corpus plans it.
 *
 * @param emotion what to express
 * @param strength how strongly: 1 is usual
 * @param text what to say
 * @param syllables in the text
 * @param path of the file below the corpus's root, with forward slashes
 */
record Take(Emotion emotion, double strength, String text, int syllables, String path) {}
