package affetto.dsp;

/**
 * What {@link Pyin} searches, and how.
 *
 * @param sampleRate samples per second
 * @param fMinHz lowest pitch, above 0
 * @param fMaxHz highest pitch, above the lowest and at most half the sample rate
 * @param frameLength samples of a frame; one period of the lowest pitch must fit in with two
 *     samples to spare, and two periods should
 * @param hopLength samples from frame to frame, at least 1
 * @param nThresholds number of thresholds between 0 and 1, at least 1
 * @param betaA first shape of the thresholds' beta distribution, above 0
 * @param betaB second shape of the thresholds' beta distribution, above 0
 * @param boltzmann how much shorter periods are preferred to longer ones, above 0
 * @param resolution width of a pitch bin in semitones, at least 0.001 and below 1
 * @param maxTransitionRate fastest glide in octaves per second, above 0 and at most 100 octaves
 *     from frame to frame
 * @param switchProb probability that voicing changes from frame to frame, above 0 and below 1
 * @param noTroughProb share of a threshold's probability that goes to the deepest trough if none is
 *     below it, 0 to 1
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.pyin.html">librosa.pyin 0.11</a>
 */
public record PyinParameters(
    double sampleRate,
    double fMinHz,
    double fMaxHz,
    int frameLength,
    int hopLength,
    int nThresholds,
    double betaA,
    double betaB,
    double boltzmann,
    double resolution,
    double maxTransitionRate,
    double switchProb,
    double noTroughProb) {

  /** Checks every value. */
  public PyinParameters {
    require(positive(sampleRate), "sampleRate must be above 0", sampleRate);
    require(positive(fMinHz), "fMinHz must be above 0", fMinHz);
    require(
        fMaxHz > fMinHz && fMaxHz <= sampleRate / 2,
        "fMaxHz must be above fMinHz (%s) and at most half the sample rate (%s)"
            .formatted(fMinHz, sampleRate / 2),
        fMaxHz);
    require(
        sampleRate / fMinHz < frameLength - 1,
        "frameLength must exceed the period of fMinHz (%s samples) by more than 1"
            .formatted(sampleRate / fMinHz),
        frameLength);
    require(hopLength >= 1, "hopLength must be at least 1", hopLength);
    require(nThresholds >= 1, "nThresholds must be at least 1", nThresholds);
    require(positive(betaA), "betaA must be above 0", betaA);
    require(positive(betaB), "betaB must be above 0", betaB);
    require(positive(boltzmann), "boltzmann must be above 0", boltzmann);
    require(
        resolution >= 0.001 && resolution < 1,
        "resolution must be at least 0.001 and below 1",
        resolution);
    require(
        maxTransitionRate > 0 && maxTransitionRate * hopLength / sampleRate <= 100,
        "maxTransitionRate must be above 0 and at most 100 octaves a frame",
        maxTransitionRate);
    require(switchProb > 0 && switchProb < 1, "switchProb must be between 0 and 1", switchProb);
    require(
        noTroughProb >= 0 && noTroughProb <= 1, "noTroughProb must be from 0 to 1", noTroughProb);
  }

  /** The defaults of {@code librosa.pyin 0.11}: frames of 2048, a hop of 512. */
  public static PyinParameters of(double sampleRate, double fMinHz, double fMaxHz) {
    return new PyinParameters(
        sampleRate, fMinHz, fMaxHz, 2048, 512, 100, 2, 18, 2, 0.1, 35.92, 0.01, 0.01);
  }

  /** These with other frames, a quarter of a frame apart. */
  public PyinParameters withFrameLength(int length) {
    return withFrames(length, length / 4);
  }

  /** These with other frames. */
  public PyinParameters withFrames(int length, int hop) {
    return new PyinParameters(
        sampleRate,
        fMinHz,
        fMaxHz,
        length,
        hop,
        nThresholds,
        betaA,
        betaB,
        boltzmann,
        resolution,
        maxTransitionRate,
        switchProb,
        noTroughProb);
  }

  /** Bins of a semitone. */
  int binsPerSemitone() {
    return (int) Math.ceil(1 / resolution);
  }

  /** Bins from the lowest pitch to the highest. */
  int pitches() {
    double octaves = Math.log(fMaxHz / fMinHz) / Math.log(2);
    return (int) Math.floor(12 * binsPerSemitone() * octaves) + 1;
  }

  /** Bins that a pitch can reach from one frame to the next, itself in the middle. */
  int reach() {
    double semitones = Math.rint(maxTransitionRate * 12 * hopLength / sampleRate);
    return (int) (semitones * binsPerSemitone()) + 1;
  }

  /** Shortest period in samples. */
  int minPeriod() {
    return (int) Math.floor(sampleRate / fMaxHz);
  }

  /** Longest period in samples. */
  int maxPeriod() {
    return Math.min((int) Math.ceil(sampleRate / fMinHz), frameLength - 1);
  }

  private static boolean positive(double value) {
    return value > 0 && value < Double.POSITIVE_INFINITY;
  }

  private static void require(boolean holds, String rule, Number value) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", was " + value);
    }
  }
}
