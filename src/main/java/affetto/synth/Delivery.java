package affetto.synth;

import affetto.corpus.Emotion;

/**
 * How one clip is spoken: the prosody of its emotion, as strong as asked for, blurred so that the
 * emotions overlap.
 *
 * @param pitch semitones against the speaker's middle
 * @param range semitones by which stressed syllables rise
 * @param slope semitones from the first syllable to the last
 * @param ending semitones by which the last syllable rises
 * @param levelDb loudness against the speaker's usual
 * @param tempo factor on speaking rate
 * @param tiltDb brightness: dB at 3 kHz against the speaker's usual
 * @param open share of each glottal period with open folds: 0.4 pressed to 0.8 lax
 * @param breath aspiration noise against the voice's amplitude
 * @param jitter relative deviation of each glottal period
 * @param tremor semitones of a 6 Hz quaver
 */
record Delivery(
    double pitch,
    double range,
    double slope,
    double ending,
    double levelDb,
    double tempo,
    double tiltDb,
    double open,
    double breath,
    double jitter,
    double tremor) {

  private static final Delivery NEUTRAL = new Delivery(0, 2.5, -2, 0, 0, 1, 0, 0.6, 0.06, 0.006, 0);

  private static Delivery typical(Emotion emotion) {
    return switch (emotion) {
      case NEUTRAL -> NEUTRAL;
      case CALM -> new Delivery(-1, 2, -2.5, 0, -3, 0.9, -3, 0.66, 0.1, 0.005, 0);
      case HAPPY -> new Delivery(3.5, 5.5, -0.5, 1, 3.5, 1.1, 2, 0.56, 0.05, 0.006, 0);
      case SAD -> new Delivery(-1, 1.2, -3, -0.5, -5, 0.8, -5, 0.72, 0.16, 0.009, 0.15);
      case ANGRY -> new Delivery(3, 4.5, -3, -1, 7, 1.12, 6, 0.45, 0.04, 0.013, 0);
      case FEARFUL -> new Delivery(5.5, 2.5, 0.5, 0.5, 1, 1.2, 0, 0.62, 0.14, 0.015, 0.6);
      case DISGUST -> new Delivery(-2, 3.5, -4.5, -1, 1, 0.86, 2, 0.5, 0.08, 0.02, 0);
      case SURPRISED -> new Delivery(5, 7.5, 2.5, 4, 3, 1, 1, 0.6, 0.08, 0.006, 0);
    };
  }

  /**
   * Draws a delivery.
   *
   * @param strength 0 neutral, 1 typical, above 1 strong
   */
  static Delivery of(Emotion emotion, double strength, Dice dice) {
    Delivery typical = typical(emotion);
    double drawn = Math.max(0.2, strength * (1 + 0.2 * dice.normal()));
    return new Delivery(
        mix(NEUTRAL.pitch, typical.pitch, drawn) + 1.1 * dice.normal(),
        Math.max(0.5, mix(NEUTRAL.range, typical.range, drawn) + 0.9 * dice.normal()),
        mix(NEUTRAL.slope, typical.slope, drawn) + 1.1 * dice.normal(),
        mix(NEUTRAL.ending, typical.ending, drawn) + 1.2 * dice.normal(),
        mix(NEUTRAL.levelDb, typical.levelDb, drawn) + 1.5 * dice.normal(),
        clamp(mix(1, typical.tempo, drawn) * (1 + 0.06 * dice.normal()), 0.68, 1.4),
        mix(NEUTRAL.tiltDb, typical.tiltDb, drawn) + 1.4 * dice.normal(),
        clamp(mix(NEUTRAL.open, typical.open, drawn) + 0.03 * dice.normal(), 0.38, 0.85),
        clamp(mix(NEUTRAL.breath, typical.breath, drawn) + 0.02 * dice.normal(), 0.01, 0.4),
        clamp(mix(NEUTRAL.jitter, typical.jitter, drawn) + 0.003 * dice.normal(), 0.002, 0.04),
        clamp(mix(NEUTRAL.tremor, typical.tremor, drawn) + 0.1 * dice.normal(), 0, 1.2));
  }

  private static double mix(double neutral, double typical, double strength) {
    return neutral + strength * (typical - neutral);
  }

  static double clamp(double value, double low, double high) {
    return Math.max(low, Math.min(high, value));
  }
}
