package affetto.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewsTest {

  @Test
  void theFirstIsTheClipAsItIs() {
    InputSpec input = new InputSpec(6, 8, true);
    float[] clip = new float[4 * 8];
    for (int t = 0; t < 4; t++) {
      for (int band = 0; band < 8; band++) {
        clip[t * 8 + band] = band + t * 0.1f;
      }
    }
    List<float[]> views = new Views(input).of(clip);
    assertThat(views).hasSize(5).allSatisfy(view -> assertThat(view).hasSize(48));
    assertThat(views.get(0)).containsExactly(input.fit(clip));
    // Second frame of four in six, third band, of a slope of 1 a band: 2, then a shift of 1.5.
    int at = 2 * 8 + 2;
    assertThat(views.get(0)[at]).isCloseTo(2.1f, within(1e-5f));
    assertThat(views.get(1)[at]).isCloseTo(3.6f, within(1e-5f));
    assertThat(views.get(2)[at]).isCloseTo(0.6f, within(1e-5f));
    assertThat(views.get(3)[at]).isCloseTo(2.22f, within(1e-5f));
    assertThat(views.get(4)[at]).isCloseTo(1.98f, within(1e-5f));
  }

  @Test
  void theSidesOfALongClipAreItsMiddleItsBeginningAndItsEnd() {
    InputSpec input = new InputSpec(3, 8, true);
    float[] clip = new float[7 * 8];
    for (int i = 0; i < clip.length; i++) {
      clip[i] = Math.floorDiv(i, 8);
    }
    List<float[]> views = new Views(input).of(clip);
    int[] begins = {2, 0, 4, 0, 4};
    for (int view = 0; view < begins.length; view++) {
      assertThat(views.get(view)).hasSize(24);
      assertThat(views.get(view)[0]).isEqualTo(begins[view]);
      assertThat(views.get(view)[23]).isEqualTo(begins[view] + 2);
    }
  }

  @Test
  void everySideHasTheSameHead() {
    InputSpec input = new InputSpec(6, 8, 0, true, true);
    float[] clip = new float[8 + 4 * 8];
    for (int i = 0; i < clip.length; i++) {
      clip[i] = i;
    }
    float[] bare = Arrays.copyOfRange(clip, 8, clip.length);
    List<float[]> views = new Views(input).of(clip);
    List<float[]> bareViews = new Views(new InputSpec(6, 8, true)).of(bare);
    for (int i = 0; i < 5; i++) {
      assertThat(Arrays.copyOf(views.get(i), 8)).containsExactly(Arrays.copyOf(clip, 8));
      assertThat(Arrays.copyOfRange(views.get(i), 8, 56)).containsExactly(bareViews.get(i));
    }
  }

  @Test
  void aVectorOfScalarsHasOneSide() {
    Views views = new Views(new InputSpec(1, 162, false));
    float[] row = new float[162];
    assertThat(views.of(row)).hasSize(1).first().isSameAs(row);
  }

  @Test
  void answersAreAveragedClipByClip() {
    Views views = new Views(new InputSpec(6, 8, true));
    double[][] answers = new double[10][];
    for (int i = 0; i < 10; i++) {
      answers[i] = i < 5 ? new double[] {0.1 * i, 1 - 0.1 * i} : new double[] {1, 0};
    }
    double[][] means = views.means(answers);
    assertThat(means).hasNumberOfRows(2);
    assertThat(means[0]).containsExactly(new double[] {0.2, 0.8}, within(1e-12));
    assertThat(means[1]).containsExactly(new double[] {1, 0}, within(1e-12));
  }
}
