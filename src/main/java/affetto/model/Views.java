package affetto.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sides from which a network looks at a spectrogram that it is asked about: the middle as it
 * is, and beginning and end as speakers with a slightly shorter or longer vocal tract would have
 * said them. The mean of what it answers is worth about two points of UAR, on speakers it never
 * heard, over the first answer.
 *
 * <p>Inputs of one frame, vectors of scalars, have one side.
 */
final class Views {

  private static final double START = 0;
  private static final double END = 1;

  /** Of all but the middle as it is: spread of the bands, shift by bands, and which stretch. */
  private static final double[][] SIDES = {
    {1, 1.5, START}, {1, -1.5, END}, {1.06, 0, START}, {0.94, 0, END}
  };

  private final InputSpec input;
  private final List<Side> sides;

  private record Side(BandWarp warp, double place) {}

  /**
   * @param input of the network
   */
  Views(InputSpec input) {
    this.input = input;
    boolean spectrogram = input.frames() > 1 && input.bands() > 1;
    this.sides =
        spectrogram
            ? Arrays.stream(SIDES)
                .map(side -> new Side(new BandWarp(input.bands(), side[0], side[1]), side[2]))
                .toList()
            : List.of();
  }

  /** How many there are of each clip. */
  int count() {
    return 1 + sides.size();
  }

  /**
   * A clip from all sides.
   *
   * @param clip prepared and scaled: the head, then [its frames x bands]
   * @return {@link #count} arrays as the network takes them: the head, then [frames x bands]
   */
  List<float[]> of(float[] clip) {
    List<float[]> views = new ArrayList<>();
    views.add(input.fit(clip));
    for (Side side : sides) {
      int head = input.head();
      float[] warped = new float[clip.length];
      System.arraycopy(clip, 0, warped, 0, head);
      for (int t = 0; t < input.framesOf(clip); t++) {
        side.warp().frame(clip, head, t, warped, head + t * input.bands());
      }
      views.add(input.fit(warped, side.place()));
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
