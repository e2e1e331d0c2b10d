package affetto.feature;

/**
 * The rises and falls of a contour from turn to turn. A turn counts only once the contour has left
 * it by a threshold, so that ripples make no moves.
 */
final class Moves {
  private final double threshold;
  private final double framesPerSecond;
  private final Series rising = new Series();
  private final Series falling = new Series();
  private int peaks;

  /**
   * Starts without any.
   *
   * @param threshold least height of a move; where it is 0, as a share of a constant contour's
   *     range, there are none
   */
  Moves(double threshold, double framesPerSecond) {
    this.threshold = threshold;
    this.framesPerSecond = framesPerSecond;
  }

  /** Adds the moves of a stretch of consecutive frames. */
  void add(double[] contour) {
    if (threshold <= 0) {
      return;
    }
    int low = 0;
    int high = 0;
    int direction = 0;
    int turn = 0;
    int extreme = 0;
    for (int t = 1; t < contour.length; t++) {
      if (direction == 0) {
        low = contour[t] < contour[low] ? t : low;
        high = contour[t] > contour[high] ? t : high;
        boolean rises = contour[t] - contour[low] >= threshold;
        if (rises || contour[high] - contour[t] >= threshold) {
          direction = rises ? 1 : -1;
          turn = rises ? low : high;
          extreme = t;
        }
      } else if (direction * (contour[t] - contour[extreme]) > 0) {
        extreme = t;
      } else if (direction * (contour[extreme] - contour[t]) >= threshold) {
        addMove(contour, turn, extreme);
        peaks += direction > 0 ? 1 : 0;
        direction = -direction;
        turn = extreme;
        extreme = t;
      }
    }
    if (direction != 0) {
      addMove(contour, turn, extreme);
    }
  }

  private void addMove(double[] contour, int from, int to) {
    double slope = (contour[to] - contour[from]) * framesPerSecond / (to - from);
    if (slope > 0) {
      rising.add(slope);
    } else {
      falling.add(-slope);
    }
  }

  /** Slopes of the rises, by second, above 0. */
  Series rising() {
    return rising;
  }

  /** Slopes of the falls, by second, above 0. */
  Series falling() {
    return falling;
  }

  /** Turns from a rise to a fall. */
  int peaks() {
    return peaks;
  }
}
