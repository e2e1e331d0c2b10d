package affetto.augment;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.audio.Waveform;
import affetto.dsp.Workbench;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What holds for every augmentation, whatever its parameters, the clip and the seed. */
class AugmentationProperties {

  private static final int RATE = 22050;
  private static final NoiseBank BANK =
      new NoiseBank("hum", List.of(clip(3000, 0.4, 11, 16000), clip(90_000, 0.1, 12, 48000)));

  private final Workbench bench = new Workbench();

  private static Waveform clip(int length, double peak, int seed, int sampleRate) {
    float[] samples = new float[length];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < length; i++) {
      samples[i] = (float) random.nextDouble(-peak, peak);
    }
    return new Waveform(samples, sampleRate);
  }

  private static Arbitrary<Double> between(double least, double most) {
    return Arbitraries.doubles().between(least, most).ofScale(2);
  }

  /** Those that keep the length and stay within full scale. */
  @Provide
  Arbitrary<Augmentation> proper() {
    Arbitrary<Boolean> either = Arbitraries.of(true, false);
    Arbitrary<Augmentation> one =
        Arbitraries.oneOf(
            Arbitraries.just(new Clean()),
            Arbitraries.just(new Telephone()),
            between(-40, 100).map(WhiteNoise::new),
            between(-40, 100).map(PinkNoise::new),
            between(-40, 100).map(snr -> new RecordedNoise(BANK, snr)),
            Combinators.combine(between(-60, 60), either).as(Gain::new),
            between(-2, 2).map(seconds -> new TimeShift(seconds, false)),
            between(0, 2).map(seconds -> new TimeShift(seconds, true)),
            Combinators.combine(between(0, 1.5), between(-30, 60)).as(Reverb::new));
    return Arbitraries.oneOf(one, one.list().ofMinSize(1).ofMaxSize(3).map(Chain::new));
  }

  @Provide
  Arbitrary<Augmentation> any() {
    return Arbitraries.oneOf(
        proper(),
        between(0, 1).map(AddNoise::new),
        between(-24, 24).map(PitchShift::new),
        between(0.25, 4).map(TimeStretch::new),
        between(0.25, 4).map(Speed::new));
  }

  @Property(tries = 60)
  void lengthAndFullScaleAreKept(
      @ForAll("proper") Augmentation augmentation,
      @ForAll @IntRange(min = 0, max = 9000) int length,
      @ForAll @DoubleRange(min = 0.01, max = 1) double peak,
      @ForAll long seed) {
    Waveform out = augmentation.apply(clip(length, peak, 5, RATE), seed, bench);
    assertThat(out.samples()).hasSize(length);
    assertThat(out.sampleRate()).isEqualTo(RATE);
    assertThat(Level.peak(out.samples())).isLessThanOrEqualTo(1);
  }

  @Property(tries = 40)
  void speedDividesTheLength(
      @ForAll @IntRange(min = 0, max = 9000) int length,
      @ForAll @DoubleRange(min = 0.25, max = 4) double rate) {
    Waveform in = clip(length, 1, 1, RATE);
    for (Augmentation augmentation : List.of(new Speed(rate), new TimeStretch(rate))) {
      Waveform out = augmentation.apply(in, 0, bench);
      assertThat(out.samples()).hasSize((int) Math.rint(length / rate));
      assertThat(out.sampleRate()).isEqualTo(RATE);
    }
    assertThat(Level.peak(new Speed(rate).apply(in, 0, bench).samples())).isLessThanOrEqualTo(1);
  }

  @Property(tries = 40)
  void pitchShiftKeepsTheLength(
      @ForAll @IntRange(min = 0, max = 9000) int length,
      @ForAll @DoubleRange(min = -24, max = 24) double semitones) {
    Waveform out = new PitchShift(semitones).apply(clip(length, 0.5, 2, RATE), 0, bench);
    assertThat(out.samples()).hasSize(length);
  }

  @Property(tries = 60)
  void everySampleIsFinite(
      @ForAll("any") Augmentation augmentation,
      @ForAll @IntRange(min = 0, max = 2500) int length,
      @ForAll long seed) {
    for (Waveform in :
        List.of(
            clip(length, 0.5, 3, RATE),
            new Waveform(new float[0], RATE),
            new Waveform(new float[] {0.7f}, RATE),
            new Waveform(new float[length], RATE),
            clip(length, 1, 4, 8000))) {
      for (float sample : augmentation.apply(in, seed, bench).samples()) {
        assertThat(Float.isFinite(sample)).isTrue();
      }
    }
  }

  @Property(tries = 40)
  void silenceStaysSilent(
      @ForAll("any") Augmentation augmentation,
      @ForAll @IntRange(min = 0, max = 5000) int length,
      @ForAll long seed) {
    Waveform out = augmentation.apply(new Waveform(new float[length], RATE), seed, bench);
    assertThat(Level.peak(out.samples())).isZero();
  }

  @Property(tries = 40)
  void theResultIsAPureFunction(
      @ForAll("any") Augmentation augmentation,
      @ForAll @IntRange(min = 10, max = 3000) int length,
      @ForAll long seed) {
    Waveform in = clip(length, 0.5, 4, RATE);
    float[] before = in.samples().clone();
    float[] once = augmentation.apply(in, seed, bench).samples();
    assertThat(augmentation.apply(in, seed).samples()).isEqualTo(once);
    assertThat(in.samples()).isEqualTo(before);
  }

  @Property(tries = 30)
  void theSeedDecides(@ForAll @IntRange(min = 500, max = 3000) int length, @ForAll long seed) {
    Waveform in = clip(length, 0.5, 4, RATE);
    for (Augmentation random :
        List.of(
            new AddNoise(0.5),
            new Chain(List.of(new AddNoise(0.5), new AddNoise(0.5))),
            new WhiteNoise(10),
            new PinkNoise(10),
            new Reverb(0.5, 0))) {
      float[] once = random.apply(in, seed, bench).samples();
      assertThat(random.apply(in, seed + 1, bench).samples()).isNotEqualTo(once);
    }
  }

  /** Two seeds may draw the same passage of the same recording; ten do not. */
  @Property(tries = 30, seed = "2032")
  void seedsDrawPassages(@ForAll @IntRange(min = 500, max = 3000) int length) {
    Waveform in = clip(length, 0.5, 4, RATE);
    Set<Integer> different = new HashSet<>();
    for (int seed = 1; seed <= 10; seed++) {
      Waveform noisy = new RecordedNoise(BANK, 10).apply(in, seed, bench);
      different.add(Arrays.hashCode(noisy.samples()));
    }
    assertThat(different.size()).isGreaterThan(5);
  }

  @Property(tries = 30)
  void neutralParametersChangeNothing(
      @ForAll @IntRange(min = 0, max = 3000) int length,
      @ForAll @DoubleRange(min = -30, max = 60) double drrDb,
      @ForAll long seed) {
    Waveform in = clip(length, 1, 3, RATE);
    Augmentation neutral =
        new Chain(
            List.of(
                new Clean(),
                new AddNoise(0),
                new TimeStretch(1),
                new PitchShift(0),
                new Speed(1),
                new Gain(0, false),
                new Gain(0, true),
                new TimeShift(0, false),
                new TimeShift(0, true),
                new Reverb(0, drrDb)));
    assertThat(neutral.apply(in, seed, bench).samples()).isEqualTo(in.samples());
  }

  @Property(tries = 60)
  void idsAreFitForFoldersAndTellAugmentationsApart(
      @ForAll("any") Augmentation one, @ForAll("any") Augmentation other) {
    assertThat(one.id()).matches("[A-Za-z0-9.+_-]{1,200}");
    // A chain of one is that one.
    boolean same = new Chain(List.of(one)).equals(new Chain(List.of(other)));
    assertThat(one.id().equals(other.id())).isEqualTo(same);
    assertThat(one.revision()).isPositive();
  }

  @Property(tries = 30)
  void travelsToOtherMachines(@ForAll("any") Augmentation augmentation, @ForAll long seed)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(augmentation);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Augmentation arrived = (Augmentation) in.readObject();
      assertThat(arrived).isEqualTo(augmentation).hasSameHashCodeAs(augmentation);
      Waveform clip = clip(500, 0.5, 6, RATE);
      assertThat(arrived.apply(clip, seed, bench).samples())
          .isEqualTo(augmentation.apply(clip, seed, bench).samples());
    }
  }
}
