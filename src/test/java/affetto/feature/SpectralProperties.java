package affetto.feature;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.audio.Waveform;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SpectralProperties {

  /** What a clip may be made of. */
  enum Sound {
    SILENCE,
    NOISE,
    TONE,
    CLICKS,
    STEP,
    CLIPPED,
    BURSTS
  }

  private static float[] make(Sound sound, int length, double level, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double hz = random.nextDouble(20, 11000);
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      double sine = Math.sin(2 * Math.PI * hz * i / SpectralSet.SAMPLE_RATE);
      samples[i] =
          (float)
              (level
                  * switch (sound) {
                    case SILENCE -> 0;
                    case NOISE -> random.nextDouble(-1, 1);
                    case TONE -> sine;
                    case CLICKS -> random.nextInt(500) == 0 ? 1 : 0;
                    case STEP -> i < length / 2 ? 0 : 1;
                    case CLIPPED -> Math.signum(sine);
                    case BURSTS -> i / 1000 % 2 == 0 ? sine : 0;
                  });
    }
    return samples;
  }

  /** The largest amplitude, as a power of ten, whose powers are finite whatever the sound. */
  private static final int SURELY_FINITE = 14;

  @Property(tries = 150)
  void everyValueOfEveryClipIsFiniteOrTheClipIsTooLarge(
      @ForAll Sound sound,
      @ForAll @IntRange(min = 1, max = 20000) int length,
      @ForAll @IntRange(min = -45, max = 38) int powerOfTen,
      @ForAll int seed) {
    FeatureExtractor extractor = new SpectralSet().extractor();
    float[] samples = make(sound, length, Math.pow(10, powerOfTen), seed);
    Waveform clip = new Waveform(samples, SpectralSet.SAMPLE_RATE);
    FeatureMatrix row;
    try {
      row = extractor.extract(clip);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageEndingWith("the clip's samples are too large");
      assertThat(powerOfTen).isGreaterThan(SURELY_FINITE);
      return;
    }
    assertThat(row.frames()).isEqualTo(1);
    assertThat(row.bands()).isEqualTo(SpectralFeature.allColumns().size());
    for (float value : row.values()) {
      assertThat(Float.isFinite(value)).isTrue();
    }
    assertThat(extractor.extract(clip).values()).isEqualTo(row.values());
  }
}
