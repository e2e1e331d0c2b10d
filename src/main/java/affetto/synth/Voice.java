package affetto.synth;

import affetto.corpus.Gender;

/**
 * What a speaker brings along whatever the emotion.
 *
 * @param pitchHz middle of the voice: about 115 for men, 205 for women
 * @param tract factor on all formants: above 1 for a shorter vocal tract
 * @param tempo factor on speaking rate
 * @param range factor on pitch movements
 * @param expression factor on everything that an emotion changes: some act more than others
 * @param levelDb loudness against the average, microphone included
 * @param tiltDb brightness of the source against the average
 * @param breath breathiness against the average
 */
record Voice(
    double pitchHz,
    double tract,
    double tempo,
    double range,
    double expression,
    double levelDb,
    double tiltDb,
    double breath) {

  static Voice of(Gender gender, Dice dice) {
    boolean woman = gender == Gender.FEMALE;
    double octaves = 0.17 * dice.normal();
    return new Voice(
        (woman ? 205 : 115) * StrictMath.pow(2, octaves),
        (woman ? 1.15 : 0.99) * (1 + 0.035 * dice.normal()),
        1 + 0.08 * dice.normal(),
        1 + 0.2 * dice.normal(),
        dice.between(0.8, 1.25),
        1.5 * dice.normal(),
        1.2 * dice.normal(),
        0.07 * dice.normal());
  }
}
