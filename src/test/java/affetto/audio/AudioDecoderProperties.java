package affetto.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever the bytes are: a recording that fits its bounds, or an AudioException with a reason. */
class AudioDecoderProperties {

  /** A recording of at most so many samples for each byte; FLAC has a bound of its own. */
  private static final int SAMPLES_PER_BYTE = 1;

  @Property(tries = 3000, seed = "2026")
  void mutatedFiles(
      @ForAll("files") byte[] file,
      @ForAll @IntRange(min = 1, max = 12) int changes,
      @ForAll long seed) {
    byte[] mutated = file.clone();
    Random random = new Random(seed);
    for (int i = 0; i < changes; i++) {
      // Headers are where it hurts: half of the changes go there.
      int bound = random.nextBoolean() ? Math.min(64, mutated.length) : mutated.length;
      int at = random.nextInt(bound);
      mutated[at] =
          switch (random.nextInt(4)) {
            case 0 -> (byte) 0xff;
            case 1 -> 0;
            case 2 -> (byte) (mutated[at] ^ (1 << random.nextInt(8)));
            default -> (byte) random.nextInt(256);
          };
    }
    decode(mutated);
  }

  @Property(tries = 1000, seed = "2027")
  void truncatedFiles(@ForAll("files") byte[] file, @ForAll @IntRange(max = 100_000) int length) {
    decode(Arrays.copyOf(file, length % (file.length + 1)));
  }

  @Property(tries = 1000, seed = "2028")
  void anyBytesBehindAnyMagic(@ForAll("magics") String magic, @ForAll byte[] rest) {
    decode(SoundFiles.join(SoundFiles.ascii(magic), rest));
  }

  /** Past the checksums, which stop nearly every mutated file before it comes so far. */
  @Property(tries = 3000, seed = "2030")
  void flacSubframesOfAnyBits(
      @ForAll byte[] bits,
      @ForAll @IntRange(min = 1, max = 600) int size,
      @ForAll @IntRange(min = 4, max = 33) int depth) {
    long[] samples = new long[size];
    try {
      FlacSubframe.read(new FlacBits(bits, 0), samples, size, depth);
      for (long sample : samples) {
        assertThat(sample).isBetween(-1L << (depth - 1), (1L << (depth - 1)) - 1);
      }
    } catch (AudioException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Property(tries = 200, seed = "2029")
  void storedSamplesComeBack(@ForAll float[] samples) {
    for (int i = 0; i < samples.length; i++) {
      samples[i] = samples[i] == 0 ? 0 : samples[i];
    }
    StoredAudio stored = StoredAudio.of(new Waveform(samples, 16000));
    assertThat(stored.toWaveform().samples()).isEqualTo(samples);
  }

  private static void decode(byte[] file) {
    try {
      Waveform waveform = AudioDecoder.decode(file).waveform();
      assertThat(waveform.samples().length)
          .isBetween(1, Math.max(AudioDecoder.MAX_FRAMES, SAMPLES_PER_BYTE * file.length));
      assertThat(waveform.sampleRate()).isBetween(PcmRegion.MIN_RATE, PcmRegion.MAX_RATE);
      for (float sample : waveform.samples()) {
        if (!Float.isFinite(sample)) {
          throw new AssertionError("not finite: " + sample);
        }
      }
    } catch (AudioException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("null", "\n");
    }
  }

  @Provide
  Arbitrary<byte[]> files() throws IOException {
    return Arbitraries.of(SoundSeeds.all());
  }

  @Provide
  Arbitrary<String> magics() {
    return Arbitraries.of(
        "",
        "RIFF",
        "RIFF\0\0\0\0WAVE",
        "RIFF\0\0\0\0WAVEfmt \20\0\0\0",
        "RF64\0\0\0\0WAVE",
        "RIFX",
        "FORM\0\0\0\0AIFF",
        "FORM\0\0\0\0AIFCCOMM",
        "fLaC",
        "fLaC\0\0\0\42",
        "ID3",
        ".snd",
        "MThd",
        "OggS");
  }
}
