package affetto.train;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.model.InputSpec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PerturbationTest {
  private final Perturbation perturbation = new Perturbation(new InputSpec(60, 16, true), 7);

  private static float[] clip(int frames) {
    Random random = new Random(frames);
    float[] clip = new float[frames * 16];
    for (int i = 0; i < clip.length; i++) {
      clip[i] = (float) random.nextGaussian();
    }
    return clip;
  }

  @Test
  void isAPureFunctionOfSeedEpochAndPlace() {
    float[] clip = clip(40);
    float[] before = clip.clone();
    float[] once = perturbation.apply(clip, 3, 5);
    assertThat(perturbation.apply(clip, 3, 5)).containsExactly(once);
    assertThat(clip).containsExactly(before);
    assertThat(Arrays.equals(perturbation.apply(clip, 4, 5), once)).isFalse();
    assertThat(Arrays.equals(perturbation.apply(clip, 3, 6), once)).isFalse();
    Perturbation other = new Perturbation(perturbation.input(), 8);
    assertThat(Arrays.equals(other.apply(clip, 3, 5), once)).isFalse();
  }

  /** Neither as a whole nor in part: a tempo of one epoch is no shift of the bands of another. */
  @Test
  void noEpochAndNoSeedDrawsWhatAnotherDraws() {
    Set<Double> drawn = new HashSet<>();
    int draws = 0;
    for (int seed = 1; seed <= 3; seed++) {
      for (int epoch = 1; epoch <= 50; epoch++) {
        for (int place = 0; place < 20; place++) {
          SplittableRandom random =
              new Perturbation(perturbation.input(), seed).random(epoch, place);
          for (int draw = 0; draw < 12; draw++) {
            drawn.add(random.nextDouble());
            draws++;
          }
        }
      }
    }
    assertThat(drawn).hasSize(draws);
  }

  /**
   * It draws between neighbours and wipes out: nothing can leave the clip's own range, but for the
   * roundings of two interpolations, at most ten of 2^-24 each.
   */
  @Property
  void everyClipFitsAndStaysInItsRange(
      @ForAll @IntRange(min = 0, max = 200) int frames, @ForAll @IntRange(max = 1000) int place) {
    float[] clip = clip(frames);
    float[] changed = perturbation.apply(clip, 1, place);
    assertThat(changed).hasSize(60 * 16);
    float largest = 0;
    for (float value : clip) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (float value : changed) {
      assertThat(Math.abs(value)).isLessThanOrEqualTo(largest * (1 + 1e-6f));
    }
    assertThat(frames == 0 || !Arrays.equals(changed, new float[960])).isTrue();
  }

  /** The head goes as it is, or not at all; what follows is as without it. */
  @Test
  void aHeadIsShownOrWiped() {
    Perturbation levelled = new Perturbation(new InputSpec(60, 16, 0, true, true), 7);
    float[] clip = clip(41);
    float[] head = Arrays.copyOf(clip, 16);
    float[] bare = Arrays.copyOfRange(clip, 16, clip.length);
    int wiped = 0;
    for (int place = 0; place < 500; place++) {
      float[] changed = levelled.apply(clip, 1, place);
      assertThat(Arrays.copyOfRange(changed, 16, changed.length))
          .containsExactly(perturbation.apply(bare, 1, place));
      float[] shown = Arrays.copyOf(changed, 16);
      if (Arrays.equals(shown, new float[16])) {
        wiped++;
      } else {
        assertThat(shown).containsExactly(head);
      }
    }
    assertThat(wiped).isBetween(60, 140);
  }

  /** A tone stays a tone: its band moves by the warp at most, and is as loud. */
  @Test
  void aBandMovesByAFewBandsOnly() {
    float[] clip = new float[50 * 16];
    for (int t = 0; t < 50; t++) {
      clip[t * 16 + 8] = 1;
    }
    int found = 0;
    for (int place = 0; place < 50; place++) {
      float[] changed = perturbation.apply(clip, 1, place);
      for (int i = 0; i < changed.length; i++) {
        if (changed[i] > 0.4) {
          assertThat(i % 16).isBetween(4, 12);
          found++;
        }
      }
    }
    assertThat(found).isGreaterThan(1000);
  }
}
