package affetto.train;

import affetto.model.BandWarp;
import affetto.model.InputSpec;
import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Shows a network every clip a little changed each time, as another speaker or another moment might
 * have made it: faster or slower, its bands drawn apart or together and shifted (vocal tract length
 * perturbation; Jaitly and Hinton, 2013), somewhere else in the input or, of a longer clip, another
 * stretch of it, with stretches of time and of bands wiped out (SpecAugment; Park et al., 2019).
 *
 * <p>With each change of what comes out, {@link TrainingSpec#PERTURBATION_VERSION} is another.
 *
 * <p>A pure function of seed, epoch and the row's place in the epoch; what it draws for one of them
 * has nothing to do with what it draws for another.
 *
 * @param input what the network sees
 * @param seed of the training
 */
record Perturbation(InputSpec input, long seed) implements Serializable {

  /** Tempo and the spread of the bands change by so much at most. */
  private static final double SPREAD = 0.06;

  /** Bands that the spectrum moves by, at most. */
  private static final double SHIFT = 1;

  private static final int MASKS = 2;

  /** The longest mask, as a share of the frames that are seen. */
  private static final double MASKED_TIME = 0.12;

  /** The widest mask, as a share of the bands. */
  private static final double MASKED_BANDS = 0.12;

  /** Share of the clips that are shown without their head. */
  private static final double WIPED_HEADS = 0.2;

  /**
   * Changes a clip.
   *
   * @param clip prepared and scaled: the head, then [its frames x bands]; left as it is
   * @param epoch from 1
   * @param place of the row in the epoch
   * @return the head, then [frames x bands] of the input; zero, the mean, where nothing is
   */
  float[] apply(float[] clip, int epoch, int place) {
    SplittableRandom random = random(epoch, place);
    int bands = input.bands();
    int given = input.framesOf(clip);
    float[] changed = new float[input.size()];
    if (given == 0) {
      return changed;
    }
    int head = input.head();
    double tempo = uniform(random, 1 - SPREAD, 1 + SPREAD);
    int length = Math.max(1, (int) Math.rint(given / tempo));
    int room = input.frames() - length;
    int start = room >= 0 ? random.nextInt(room + 1) : -random.nextInt(1 - room);
    BandWarp warp =
        new BandWarp(
            bands, uniform(random, 1 - SPREAD, 1 + SPREAD), uniform(random, -SHIFT, SHIFT));
    int from = Math.max(0, start);
    int to = Math.min(input.frames(), start + length);
    for (int t = from; t < to; t++) {
      double at = Math.min(given - 1, (t - start + 0.5) * given / length - 0.5);
      warp.frame(clip, head, Math.max(0, at), changed, head + t * bands);
    }
    wipeTimes(random, changed, from, to);
    wipeBands(random, changed);
    if (random.nextDouble() >= WIPED_HEADS) {
      System.arraycopy(clip, 0, changed, 0, head);
    }
    return changed;
  }

  /** Seeds near each other, or a multiple of its step apart, would draw each other's numbers. */
  SplittableRandom random(int epoch, int place) {
    return new SplittableRandom(mixed(mixed(mixed(seed) + epoch) + place));
  }

  private static long mixed(long value) {
    return new SplittableRandom(value).nextLong();
  }

  private static double uniform(SplittableRandom random, double least, double most) {
    return least + (most - least) * random.nextDouble();
  }

  private void wipeTimes(SplittableRandom random, float[] values, int from, int to) {
    for (int i = 0; i < MASKS; i++) {
      int width = random.nextInt(1 + (int) (MASKED_TIME * (to - from)));
      int start = from + random.nextInt(to - from - width + 1);
      int first = input.head() + start * input.bands();
      Arrays.fill(values, first, first + width * input.bands(), 0);
    }
  }

  private void wipeBands(SplittableRandom random, float[] values) {
    int bands = input.bands();
    for (int i = 0; i < MASKS; i++) {
      int width = random.nextInt(1 + (int) (MASKED_BANDS * bands));
      int start = random.nextInt(bands - width + 1);
      for (int t = input.head(); t < values.length; t += bands) {
        Arrays.fill(values, t + start, t + start + width, 0);
      }
    }
  }
}
