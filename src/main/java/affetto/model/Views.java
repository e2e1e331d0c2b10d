package affetto.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sides from which a network looks at a spectrogram that it is asked about: as it is, and as
 * speakers with a slightly shorter or longer vocal tract would have said it. The mean of what it
 * answers is worth about two points of UAR, on speakers it never heard, over the first answer.
 *
 * <p>Inputs of one frame, vectors of scalars, have one side.
 */
final class Views {

  /** Spread of the bands and shift by bands, of all but the clip as it is. */
  private static final double[][] WARPS = {{1, 1.5}, {1, -1.5}, {1.06, 0}, {0.94, 0}};

  private final InputSpec input;
  private final List<BandWarp> warps;

  /**
   * @param input of the network
   */
  Views(InputSpec input) {
    this.input = input;
    boolean spectrogram = input.frames() > 1 && input.bands() > 1;
    this.warps =
        spectrogram
            ? Arrays.stream(WARPS)
                .map(warp -> new BandWarp(input.bands(), warp[0], warp[1]))
                .toList()
            : List.of();
  }

  /** How many there are of each clip. */
  int count() {
    return 1 + warps.size();
  }

  /**
   * A clip from all sides.
   *
   * @param clip prepared and scaled, shape [its frames x bands]
   * @return {@link #count} arrays as the network takes them, shape [frames x bands]
   */
  List<float[]> of(float[] clip) {
    List<float[]> views = new ArrayList<>();
    views.add(input.fit(clip));
    for (BandWarp warp : warps) {
      float[] warped = new float[clip.length];
      for (int t = 0; t < clip.length / input.bands(); t++) {
        warp.frame(clip, t, warped, t * input.bands());
      }
      views.add(input.fit(warped));
    }
    return views;
  }

  /**
   * The mean of what a classifier says to each clip's views.
   *
   * @param posteriors shape [clips count x classes], a clip's views side by side
   * @return shape [clips x classes]
   */
  double[][] means(double[][] posteriors) {
    double[][] means = new double[posteriors.length / count()][];
    for (int clip = 0; clip < means.length; clip++) {
      double[] mean = new double[posteriors[clip * count()].length];
      for (int view = 0; view < count(); view++) {
        double[] posterior = posteriors[clip * count() + view];
        for (int c = 0; c < mean.length; c++) {
          mean[c] += posterior[c] / count();
        }
      }
      means[clip] = mean;
    }
    return means;
  }
}
