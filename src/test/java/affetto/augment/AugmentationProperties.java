package affetto.augment;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.audio.Waveform;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class AugmentationProperties {

  private static Waveform noise(int length, int seed) {
    float[] samples = new float[length];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < length; i++) {
      samples[i] = (float) random.nextDouble(-0.5, 0.5);
    }
    return new Waveform(samples, 22050);
  }

  @Property(tries = 40)
  void stretchingDividesTheLength(
      @ForAll @IntRange(min = 0, max = 9000) int length,
      @ForAll @DoubleRange(min = 0.25, max = 4) double rate) {
    Waveform out = new TimeStretch(rate).apply(noise(length, 1), 0);
    assertThat(out.samples().length).isEqualTo((int) Math.rint(length / rate));
    assertThat(out.sampleRate()).isEqualTo(22050);
    for (float sample : out.samples()) {
      assertThat(Float.isFinite(sample)).isTrue();
    }
  }

  @Property(tries = 40)
  void shiftingKeepsTheLength(
      @ForAll @IntRange(min = 0, max = 9000) int length,
      @ForAll @DoubleRange(min = -24, max = 24) double semitones) {
    Waveform out = new PitchShift(semitones).apply(noise(length, 2), 0);
    assertThat(out.samples().length).isEqualTo(length);
    for (float sample : out.samples()) {
      assertThat(Float.isFinite(sample)).isTrue();
    }
  }

  @Property(tries = 40)
  void neutralParametersChangeNothing(
      @ForAll @IntRange(min = 0, max = 3000) int length, @ForAll long seed) {
    Waveform in = noise(length, 3);
    Augmentation neutral =
        new Chain(List.of(new Clean(), new AddNoise(0), new TimeStretch(1), new PitchShift(0)));
    assertThat(neutral.apply(in, seed).samples()).isEqualTo(in.samples());
  }

  @Property(tries = 40)
  void theSeedDecides(@ForAll @IntRange(min = 10, max = 3000) int length, @ForAll long seed) {
    Waveform in = noise(length, 4);
    float[] before = in.samples().clone();
    Augmentation noise = new Chain(List.of(new AddNoise(0.5), new AddNoise(0.5)));
    float[] once = noise.apply(in, seed).samples();
    assertThat(noise.apply(in, seed).samples()).isEqualTo(once);
    assertThat(noise.apply(in, seed + 1).samples()).isNotEqualTo(once);
    assertThat(in.samples()).isEqualTo(before);
  }
}
