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
    double[] phaseRe = new double[bins];
    double[] phaseIm = new double[bins];
    Arrays.fill(phaseRe, 1);
    turn(spectra, -1, 0, phaseRe, phaseIm);
    for (int t = 0; t < frames; t++) {
      double position = t * rate;
      int column = (int) position;
      synthesise(spectra, column, position - column, phaseRe, phaseIm, out, t * bins);
      turn(spectra, column, column + 1, phaseRe, phaseIm);
    }
    return out;
  }

  /** Writes a frame whose magnitudes lie between two neighbours and whose phases are given. */
  private static void synthesise(
      Spectra in, int column, double alpha, double[] re, double[] im, Spectra out, int to) {
    int bins = in.bins();
    int here = column * bins;
    int next = here + bins;
    boolean last = column + 1 >= in.frames();
    for (int k = 0; k < bins; k++) {
      double before = magnitude(in.re()[here + k], in.im()[here + k]);
      double after = last ? 0 : magnitude(in.re()[next + k], in.im()[next + k]);
      double magnitude = (1 - alpha) * before + alpha * after;
      out.re()[to + k] = (float) (magnitude * re[k]);
      out.im()[to + k] = (float) (magnitude * im[k]);
    }
  }

  /**
   * Multiplies the phases by the turn from one frame to another; a frame outside, or a bin without
   * energy, has the phase 0.
   */
  private static void turn(Spectra in, int from, int to, double[] re, double[] im) {
    int bins = in.bins();
    boolean hasFrom = from >= 0;
    boolean hasTo = to < in.frames();
    for (int k = 0; k < bins; k++) {
      double fromRe = hasFrom ? in.re()[from * bins + k] : 0;
      double fromIm = hasFrom ? in.im()[from * bins + k] : 0;
      double toRe = hasTo ? in.re()[to * bins + k] : 0;
      double toIm = hasTo ? in.im()[to * bins + k] : 0;
      if (fromRe == 0 && fromIm == 0) {
        fromRe = 1;
      }
      if (toRe == 0 && toIm == 0) {
        toRe = 1;
      }
      double turnRe = toRe * fromRe + toIm * fromIm;
      double turnIm = toIm * fromRe - toRe * fromIm;
      double scale = 1 / magnitude(turnRe, turnIm);
      double turnedRe = (re[k] * turnRe - im[k] * turnIm) * scale;
      double turnedIm = (re[k] * turnIm + im[k] * turnRe) * scale;
      re[k] = turnedRe;
      im[k] = turnedIm;
    }
  }

  private static double magnitude(double re, double im) {
    return Math.sqrt(re * re + im * im);
  }
}
