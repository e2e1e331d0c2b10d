package affetto.model;

/**
 * Draws the bands of a spectrogram apart or together and shifts them, as a shorter or longer vocal
 * tract does (vocal tract length perturbation; Jaitly and Hinton, 2013), and reads it between its
 * frames. Linear between neighbours.
 */
public final class BandWarp {
  private final int[] below;
  private final float[] part;

  /**
   * @param bands of the spectrogram, at least 2
   * @param spread band {@code b} of the result comes from {@code b * spread + shift}
   * @param shift in bands
   */
  public BandWarp(int bands, double spread, double shift) {
    below = new int[bands];
    part = new float[bands];
    for (int band = 0; band < bands; band++) {
      double from = Math.min(bands - 1, Math.max(0, band * spread + shift));
      below[band] = Math.min(bands - 2, (int) from);
      part[band] = (float) (from - below[band]);
    }
  }

  /**
   * Draws one frame.
   *
   * @param clip shape [frames x bands], behind a head
   * @param head values before the first frame
   * @param at which frame, between 0 and the last
   * @param into receives the bands from {@code offset} on
   */
  public void frame(float[] clip, int head, double at, float[] into, int offset) {
    int bands = below.length;
    int last = (clip.length - head) / bands - 1;
    int before = head + (int) Math.floor(at) * bands;
    int after = head + Math.min(last, (int) Math.floor(at) + 1) * bands;
    float late = (float) (at - Math.floor(at));
    for (int band = 0; band < bands; band++) {
      int low = below[band];
      float first = clip[before + low] + part[band] * (clip[before + low + 1] - clip[before + low]);
      float second = clip[after + low] + part[band] * (clip[after + low + 1] - clip[after + low]);
      into[offset + band] = first + late * (second - first);
    }
  }
}
