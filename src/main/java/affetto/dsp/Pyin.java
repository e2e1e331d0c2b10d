package affetto.dsp;

/**
 * The fundamental frequency by probabilistic YIN: candidates of every frame with their
 * probabilities, then the likeliest course through them. Frames are centred at multiples of the
 * hop, with zeros beyond both ends.
 *
 * <p>One instance per thread.
 *
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.pyin.html">librosa.pyin 0.11</a>
 * @see <a href="https://doi.org/10.1109/ICASSP.2014.6853678">Mauch and Dixon 2014, pYIN: a
 *     fundamental frequency estimator using probabilistic threshold distributions</a>
 */
public final class Pyin {
  /** Scores that the search for the course keeps at once: 8 MiB. */
  private static final int KEPT_SCORES = 1 << 20;

  private final PyinParameters parameters;
  private final Yin yin;
  private final TroughPrior prior;
  private final Viterbi viterbi;
  private final int[] troughs;
  private final double[] heights;
  private final double[] probabilities;
  private final double[] pitchHz;

  /** Makes the tables. */
  public Pyin(PyinParameters parameters) {
    this.parameters = parameters;
    int periods = parameters.maxPeriod() - parameters.minPeriod() + 1;
    yin = new Yin(parameters.frameLength(), parameters.minPeriod(), parameters.maxPeriod());
    prior = new TroughPrior(parameters);
    int pitches = parameters.pitches();
    int blockFrames = Math.max(1, KEPT_SCORES / (2 * pitches));
    viterbi = new Viterbi(pitches, parameters.reach(), parameters.switchProb(), blockFrames);
    troughs = new int[periods];
    heights = new double[periods];
    probabilities = new double[periods];
    pitchHz = new double[pitches];
    for (int pitch = 0; pitch < pitches; pitch++) {
      double octaves = pitch / (12.0 * parameters.binsPerSemitone());
      pitchHz[pitch] = parameters.fMinHz() * Math.pow(2, octaves);
    }
  }

  /** Frames of a recording: {@code 1 + n / hopLength} if frames are even, else of one less. */
  public int frames(int samples) {
    return 1 + (samples - parameters.frameLength() % 2) / parameters.hopLength();
  }

  /**
   * Tracks the pitch of a recording.
   *
   * @param samples mono, shape [n]
   * @return {@link #frames} frames; silence is unvoiced
   * @throws IllegalArgumentException if a sample is not a finite number
   */
  public PitchTrack track(float[] samples) {
    for (int i = 0; i < samples.length; i++) {
      if (!Float.isFinite(samples[i])) {
        throw new IllegalArgumentException(
            "samples must be finite, but number %d was %s".formatted(i, samples[i]));
      }
    }
    int frames = frames(samples.length);
    PitchCandidates candidates = new PitchCandidates(pitchHz.length, frames);
    for (int t = 0; t < frames; t++) {
      int start = t * parameters.hopLength() - parameters.frameLength() / 2;
      addCandidates(yin.measure(samples, start), candidates);
    }
    int[] course = viterbi.decode(candidates);
    double[] f0Hz = new double[frames];
    boolean[] voiced = new boolean[frames];
    for (int t = 0; t < frames; t++) {
      voiced[t] = course[t] < pitchHz.length;
      f0Hz[t] = voiced[t] ? pitchHz[course[t]] : Double.NaN;
    }
    return new PitchTrack(f0Hz, voiced, candidates.voiced());
  }

  private void addCandidates(double[] differences, PitchCandidates candidates) {
    int count = findTroughs(differences);
    prior.weigh(heights, count, probabilities);
    for (int i = 0; i < count; i++) {
      if (probabilities[i] > 0) {
        double hz = parameters.sampleRate() / yin.refined(troughs[i]);
        double octaves = Math.log(hz / parameters.fMinHz()) / Math.log(2);
        long pitch = (long) Math.rint(12 * parameters.binsPerSemitone() * octaves);
        candidates.add(pitch, probabilities[i]);
      }
    }
    candidates.endFrame();
  }

  /** Local minima; of equal neighbours the first. The first and last period may be minima, too. */
  private int findTroughs(double[] differences) {
    int count = 0;
    int last = differences.length - 1;
    for (int i = 0; i <= last; i++) {
      boolean falling = i == 0 || differences[i] < differences[i - 1];
      boolean rising =
          i == 0
              ? differences[0] < differences[1]
              : i == last || differences[i] <= differences[i + 1];
      if (falling && rising) {
        troughs[count] = i;
        heights[count] = differences[i];
        count++;
      }
    }
    return count;
  }
}
