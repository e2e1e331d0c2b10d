package affetto.dsp;

import java.util.Arrays;

/**
 * Changes the tempo of a signal's spectra and keeps their pitch.
 *
 * <p>From frame to frame each bin's phase advances by what it advances in the input. The definition
 * subtracts the advance expected of the bin's frequency, wraps, and adds it again; that is the same
 * angle but for whole turns, so here the phase is carried as a product of unit phasors: no arcus
 * tangent, no cosine, and no error that grows with the angle.
 *
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.phase_vocoder.html">
 *     librosa.phase_vocoder 0.11</a>
 */
public final class PhaseVocoder {
  private PhaseVocoder() {}

  /**
   * Stretches or compresses.
   *
   * @param spectra at least one frame
   * @param rate how much faster, above 0: 2 halves the length
   * @return {@code ceil(frames / rate)} frames
   */
  public static Spectra stretch(Spectra spectra, double rate) {
    if (!(rate > 0)) {
      throw new IllegalArgumentException("rate must be above 0, was " + rate);
    }
    int bins = spectra.bins();
    int frames = (int) Math.ceil(spectra.frames() / rate);
    Spectra out = Spectra.zeros(frames, bins);
    Column here = new Column(bins);
    Column next = new Column(bins);
    here.read(spectra, 0);
    double[] phaseRe = here.re.clone();
    double[] phaseIm = here.im.clone();
    int column = -1;
    for (int t = 0; t < frames; t++) {
      double position = t * rate;
      if ((int) position != column) {
        boolean successor = (int) position == column + 1;
        column = (int) position;
        if (successor && t > 0) {
          Column spare = here;
          here = next;
          next = spare;
        } else {
          here.read(spectra, column);
        }
        next.read(spectra, column + 1);
      }
      synthesise(here, next, position - column, phaseRe, phaseIm, out, t * bins);
      turn(here, next, phaseRe, phaseIm);
    }
    return out;
  }

  /** Writes a frame whose magnitudes lie between two columns and whose phases are given. */
  private static void synthesise(
      Column here, Column next, double alpha, double[] re, double[] im, Spectra out, int to) {
    float[] outRe = out.re();
    float[] outIm = out.im();
    double[] before = here.magnitude;
    double[] after = next.magnitude;
    for (int k = 0; k < re.length; k++) {
      double magnitude = (1 - alpha) * before[k] + alpha * after[k];
      outRe[to + k] = (float) (magnitude * re[k]);
      outIm[to + k] = (float) (magnitude * im[k]);
    }
  }

  /** Multiplies the phases by the turn from one column to the other. */
  private static void turn(Column from, Column to, double[] re, double[] im) {
    double[] fromRe = from.re;
    double[] fromIm = from.im;
    double[] toRe = to.re;
    double[] toIm = to.im;
    for (int k = 0; k < re.length; k++) {
      double turnRe = toRe[k] * fromRe[k] + toIm[k] * fromIm[k];
      double turnIm = toIm[k] * fromRe[k] - toRe[k] * fromIm[k];
      double phaseRe = re[k];
      double phaseIm = im[k];
      re[k] = phaseRe * turnRe - phaseIm * turnIm;
      im[k] = phaseRe * turnIm + phaseIm * turnRe;
    }
  }

  /** A frame of the input as magnitudes and unit phasors. */
  private static final class Column {
    private final double[] magnitude;
    private final double[] re;
    private final double[] im;

    Column(int bins) {
      magnitude = new double[bins];
      re = new double[bins];
      im = new double[bins];
    }

    /** Beyond the last frame, as in a bin without energy, the phase is 0. */
    void read(Spectra spectra, int frame) {
      if (frame >= spectra.frames()) {
        Arrays.fill(magnitude, 0);
        Arrays.fill(re, 1);
        Arrays.fill(im, 0);
        return;
      }
      float[] inRe = spectra.re();
      float[] inIm = spectra.im();
      int offset = frame * magnitude.length;
      for (int k = 0; k < magnitude.length; k++) {
        double x = inRe[offset + k];
        double y = inIm[offset + k];
        magnitude[k] = Math.sqrt(x * x + y * y);
      }
      for (int k = 0; k < magnitude.length; k++) {
        boolean silent = magnitude[k] == 0;
        double scale = 1 / magnitude[k];
        re[k] = silent ? 1 : inRe[offset + k] * scale;
        im[k] = silent ? 0 : inIm[offset + k] * scale;
      }
    }
  }
}
