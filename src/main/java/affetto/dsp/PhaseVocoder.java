package affetto.dsp;

import java.util.Arrays;

/**
 * Changes the tempo of a signal and keeps its pitch.
 *
 * <p>From frame to frame each bin's phase advances by what it advances in the input. The definition
 * subtracts the advance expected of the bin's frequency, wraps, and adds it again; that is the same
 * angle but for whole turns, so here the phase is carried as a product of unit phasors: no arcus
 * tangent, no cosine, and no error that grows with the angle.
 *
 * <p>One instance per thread.
 *
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.effects.time_stretch.html">
 *     librosa.effects.time_stretch 0.11</a>
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.phase_vocoder.html">
 *     librosa.phase_vocoder 0.11</a>
 */
public final class PhaseVocoder {
  /** Frames after which a phasor, a product of rounded ones, is brought back to length 1. */
  private static final int DRIFT = 32;

  /** Lifts nothing that can be heard, but makes 0 / 0 a phasor of angle 0. */
  private static final float TINY = 1e-18f;

  /** Most bins at once: what is known of them over a block stays in the cache. */
  private static final int SLICE = 256;

  private final Stft stft;
  private final InverseStft inverse;
  private final int slice;
  private final float[][] inRe;
  private final float[][] inIm;
  private final float[][] outRe;
  private final float[][] outIm;
  private final float[][] phases;
  private final int[] columns = new int[Stft.BLOCK];
  private final float[] alphas = new float[Stft.BLOCK];
  private Polar here;
  private Polar next;

  /**
   * Makes a vocoder of two transforms.
   *
   * @param stft whose hop is a quarter of its frame
   * @param inverse of the same frame
   */
  public PhaseVocoder(Stft stft, InverseStft inverse) {
    if (stft.bins() != inverse.bins() || stft.hopLength() != inverse.hopLength()) {
      throw new IllegalArgumentException(
          "frames of %d bins every %d samples, but an inverse of %d every %d"
              .formatted(stft.bins(), stft.hopLength(), inverse.bins(), inverse.hopLength()));
    }
    this.stft = stft;
    this.inverse = inverse;
    int slices = (stft.bins() + SLICE - 1) / SLICE;
    slice = (stft.bins() + slices - 1) / slices;
    inRe = new float[Stft.BLOCK][slice];
    inIm = new float[Stft.BLOCK][slice];
    outRe = new float[Stft.BLOCK][slice];
    outIm = new float[Stft.BLOCK][slice];
    phases = new float[2 * slices][slice];
    here = new Polar(slice);
    next = new Polar(slice);
  }

  /**
   * Stretches or compresses.
   *
   * @param samples shape [n]
   * @param rate how much faster, above 0: 2 halves the length
   * @return shape [round(n / rate)]
   */
  public float[] stretch(float[] samples, double rate) {
    if (!(rate > 0)) {
      throw new IllegalArgumentException("rate must be above 0, was " + rate);
    }
    int framesIn = stft.frames(samples.length);
    int framesOut = (int) Math.ceil(framesIn / rate);
    inverse.begin((int) Math.rint(samples.length / rate));
    int block = (int) Math.max(1, Math.min(Stft.BLOCK, (Stft.BLOCK - 2) / rate));
    for (int first = 0; first < framesOut; first += block) {
      int count = Math.min(block, framesOut - first);
      int from = (int) (first * rate);
      int to = (int) ((first + count - 1) * rate) + 1;
      for (int t = 0; t < count; t++) {
        double position = (first + t) * rate;
        columns[t] = (int) position - from;
        alphas[t] = (float) (position - (int) position);
      }
      // The whole of a short signal, even where less would do: it may have been kept.
      int needed = framesOut <= block ? framesIn : Math.min(framesIn, to + 1) - from;
      advance(stft.transform(samples, from, needed), first == 0, count);
      inverse.add(count);
    }
    return inverse.end();
  }

  private void advance(Spectra in, boolean start, int count) {
    for (int s = 0; 2 * s < phases.length; s++) {
      int first = s * slice;
      int bins = Math.min(slice, in.bins() - first);
      Rows.transpose(in.re(), first, bins, in.frames(), inRe, 0);
      Rows.transpose(in.im(), first, bins, in.frames(), inIm, 0);
      advance(phases[2 * s], phases[2 * s + 1], start, in.frames(), count);
      Rows.transpose(outRe, 0, count, bins, inverse.re(), first);
      Rows.transpose(outIm, 0, count, bins, inverse.im(), first);
    }
  }

  /** One slice of the bins, a row for each frame. */
  private void advance(float[] phaseRe, float[] phaseIm, boolean start, int frames, int count) {
    read(here, 0, frames);
    read(next, 1, frames);
    if (start) {
      System.arraycopy(here.re, 0, phaseRe, 0, slice);
      System.arraycopy(here.im, 0, phaseIm, 0, slice);
    }
    int column = 0;
    for (int t = 0; t < count; t++) {
      if (columns[t] == column + 1) {
        Polar spare = here;
        here = next;
        next = spare;
        read(next, columns[t] + 1, frames);
      } else if (columns[t] != column) {
        read(here, columns[t], frames);
        read(next, columns[t] + 1, frames);
      }
      column = columns[t];
      synthesise(here.magnitude, next.magnitude, alphas[t], phaseRe, phaseIm, outRe[t], outIm[t]);
      turn(here.re, here.im, next.re, next.im, phaseRe, phaseIm);
      if (t % DRIFT == DRIFT - 1) {
        normalise(phaseRe, phaseIm);
      }
    }
  }

  /** Takes a frame apart into magnitudes and unit phasors; beyond the last is silence. */
  private void read(Polar polar, int frame, int frames) {
    if (frame >= frames) {
      Arrays.fill(polar.magnitude, 0);
      Arrays.fill(polar.re, 1);
      Arrays.fill(polar.im, 0);
      return;
    }
    float[] re = inRe[frame];
    float[] im = inIm[frame];
    float[] magnitude = polar.magnitude;
    Rows.power(re, im, magnitude, slice);
    Rows.squareRoot(magnitude, magnitude, slice);
    for (int k = 0; k < slice; k++) {
      polar.re[k] = (re[k] + TINY) / (magnitude[k] + TINY);
    }
    for (int k = 0; k < slice; k++) {
      polar.im[k] = im[k] / (magnitude[k] + TINY);
    }
  }

  /** Magnitudes between those of two frames, with the given phases. */
  private void synthesise(
      float[] before,
      float[] after,
      float alpha,
      float[] phaseRe,
      float[] phaseIm,
      float[] re,
      float[] im) {
    for (int k = 0; k < slice; k++) {
      float magnitude = before[k] + alpha * (after[k] - before[k]);
      re[k] = magnitude * phaseRe[k];
      im[k] = magnitude * phaseIm[k];
    }
  }

  /** Multiplies the phases by the turn from one frame to the other. */
  private void turn(
      float[] fromRe, float[] fromIm, float[] toRe, float[] toIm, float[] re, float[] im) {
    for (int k = 0; k < slice; k++) {
      float turnRe = toRe[k] * fromRe[k] + toIm[k] * fromIm[k];
      float turnIm = toIm[k] * fromRe[k] - toRe[k] * fromIm[k];
      float x = re[k];
      float y = im[k];
      re[k] = x * turnRe - y * turnIm;
      im[k] = x * turnIm + y * turnRe;
    }
  }

  private void normalise(float[] re, float[] im) {
    for (int k = 0; k < slice; k++) {
      float length = (float) Math.sqrt(re[k] * re[k] + im[k] * im[k]);
      re[k] /= length;
      im[k] /= length;
    }
  }

  /** A frame as magnitudes and unit phasors. */
  private static final class Polar {
    private final float[] magnitude;
    private final float[] re;
    private final float[] im;

    Polar(int bins) {
      magnitude = new float[bins];
      re = new float[bins];
      im = new float[bins];
    }
  }
}
