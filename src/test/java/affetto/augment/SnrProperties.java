package affetto.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import affetto.audio.Waveform;
import affetto.dsp.GoldenSignal;
import affetto.dsp.Workbench;
import java.util.List;
import java.util.function.DoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Noise of every kind reaches the ratio that it is asked for. */
class SnrProperties {

  private static final int RATE = 16000;
  private static final NoiseBank BANK =
      new NoiseBank(
          "street",
          List.of(
              new Waveform(PinkNoise.noise(700, 8000, new NoiseSource(1)), 8000),
              new Waveform(PinkNoise.noise(200_000, 44100, new NoiseSource(2)), 44100),
              new Waveform(new float[] {0.3f, -0.1f}, 16000)));

  private final Workbench bench = new Workbench();

  @Provide
  Arbitrary<DoubleFunction<Augmentation>> noises() {
    return Arbitraries.of(WhiteNoise::new, PinkNoise::new, snr -> new RecordedNoise(BANK, snr));
  }

  private static Waveform voice(int length, double level) {
    float[] voice = GoldenSignal.make((double) length / RATE, RATE);
    return new Waveform(Level.scaled(voice, level / Level.peak(voice)), RATE);
  }

  @Property(tries = 100)
  void theRatioIsReached(
      @ForAll("noises") DoubleFunction<Augmentation> noise,
      @ForAll @DoubleRange(min = -40, max = 60) double snrDb,
      @ForAll @DoubleRange(min = -80, max = -60) double levelDb,
      @ForAll @IntRange(min = 2, max = 30_000) int length,
      @ForAll long seed) {
    // So soft that nothing reaches full scale.
    Waveform clip = voice(length, Level.factor(levelDb));
    float[] noisy = noise.apply(snrDb).apply(clip, seed, bench).samples();
    float[] added = new float[length];
    for (int i = 0; i < length; i++) {
      added[i] = noisy[i] - clip.samples()[i];
    }
    double reached = 10 * Math.log10(Level.power(clip.samples()) / Level.power(added));
    assertThat(reached).isCloseTo(snrDb, within(0.1));
  }

  @Property(tries = 30)
  void beyondFullScaleTheWholeIsScaledDown(
      @ForAll("noises") DoubleFunction<Augmentation> noise,
      @ForAll @DoubleRange(min = -40, max = -10) double snrDb,
      @ForAll long seed) {
    double quieter = 1024;
    Waveform loud = voice(8000, 1);
    Waveform soft = new Waveform(Level.scaled(loud.samples(), 1 / quieter), RATE);
    float[] whole = noise.apply(snrDb).apply(soft, seed, bench).samples();
    float[] fitted = noise.apply(snrDb).apply(loud, seed, bench).samples();
    assertThat(Level.peak(fitted)).isEqualTo(1);
    assertThat(fitted)
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(Level.scaled(whole, 1 / Level.peak(whole)));
  }
}
