package affetto.audio;

import static affetto.audio.SoundFiles.aiff;
import static affetto.audio.SoundFiles.au;
import static affetto.audio.SoundFiles.chunk;
import static affetto.audio.SoundFiles.encode;
import static affetto.audio.SoundFiles.extensible;
import static affetto.audio.SoundFiles.format;
import static affetto.audio.SoundFiles.join;
import static affetto.audio.SoundFiles.le;
import static affetto.audio.SoundFiles.ramp;
import static affetto.audio.SoundFiles.riff;
import static affetto.audio.SoundFiles.wav;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioDecoderTest {

  private static final float[] RAMP = ramp(100);
  private static final byte[] PCM16 = encode(RAMP, SampleCoding.SIGNED_16, LITTLE_ENDIAN);
  private static final byte[] FORMAT16 = format(SoundFiles.INTEGERS, 1, 16000, 2, 16);

  @ParameterizedTest
  @CsvSource({
    "1,  8, UNSIGNED_8, pcm_u8",
    "1, 16, SIGNED_16,  pcm_s16le",
    "1, 24, SIGNED_24,  pcm_s24le",
    "1, 32, SIGNED_32,  pcm_s32le",
    "3, 32, FLOAT_32,   pcm_f32le",
    "3, 64, FLOAT_64,   pcm_f64le"
  })
  void wavPlainAndExtensible(int tag, int bits, SampleCoding coding, String label)
      throws Exception {
    byte[] data = encode(RAMP, coding, LITTLE_ENDIAN);
    byte[] plain = format(tag, 1, 24414, bits / 8, bits);
    byte[] extended = extensible(tag, 1, 24414, bits / 8, bits);
    for (byte[] format : List.of(plain, extended)) {
      Recording recording = AudioDecoder.decode(wav(format, data));
      assertThat(recording.waveform().samples()).isEqualTo(RAMP);
      assertThat(recording.waveform().sampleRate()).isEqualTo(24414);
      assertThat(recording.encoding()).isEqualTo(label);
      assertThat(recording.channels()).isEqualTo(1);
      assertThat(recording.bits()).isEqualTo(bits);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "null,  8, SIGNED_8,  pcm_s8,    true",
    "null, 16, SIGNED_16, pcm_s16be, true",
    "null, 24, SIGNED_24, pcm_s24be, true",
    "null, 32, SIGNED_32, pcm_s32be, true",
    "NONE, 16, SIGNED_16, pcm_s16be, true",
    "sowt, 16, SIGNED_16, pcm_s16le, false",
    "sowt, 24, SIGNED_24, pcm_s24le, false",
    "fl32, 32, FLOAT_32,  pcm_f32be, true",
    "fl64, 64, FLOAT_64,  pcm_f64be, true"
  })
  void aiffBothEnds(String compression, int bits, SampleCoding coding, String label, boolean big)
      throws Exception {
    byte[] data = encode(RAMP, coding, big ? BIG_ENDIAN : LITTLE_ENDIAN);
    String id = compression.equals("null") ? null : compression;
    Recording recording = AudioDecoder.decode(aiff(id, 1, 100, bits, 24414, data));
    assertThat(recording.waveform().samples()).isEqualTo(RAMP);
    assertThat(recording.waveform().sampleRate()).isEqualTo(24414);
    assertThat(recording.encoding()).isEqualTo(label);
  }

  @Test
  void lawsFollowG711() throws Exception {
    byte[] codes = {(byte) 0xd5, 0x55, (byte) 0xaa, 0x2a, (byte) 0x80};
    assertThat(scaled(AudioDecoder.decode(wav(format(SoundFiles.A_LAW, 1, 8000, 1, 8), codes))))
        .containsExactly(8, -8, 32256, -32256, 5504);
    byte[] muCodes = {(byte) 0xff, 0x7f, (byte) 0x80, 0x00, (byte) 0xa0};
    byte[] mu = wav(format(SoundFiles.MU_LAW, 1, 8000, 1, 8), muCodes);
    assertThat(scaled(AudioDecoder.decode(mu))).containsExactly(0, 0, 32124, -32124, 7932);
    assertThat(AudioDecoder.decode(mu).encoding()).isEqualTo("pcm_mulaw");
  }

  private static int[] scaled(Recording recording) {
    float[] samples = recording.waveform().samples();
    int[] scaled = new int[samples.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = Math.round(samples[i] * 32768);
    }
    return scaled;
  }

  @Test
  void channelsAreAveraged() throws Exception {
    float[] left = {0.5f, -0.25f, 1 / 32768f};
    float[] right = {0.25f, -0.75f, 0};
    float[] both = {left[0], right[0], left[1], right[1], left[2], right[2]};
    byte[] data = encode(both, SampleCoding.SIGNED_16, LITTLE_ENDIAN);
    Recording recording = AudioDecoder.decode(wav(format(1, 2, 48000, 4, 16), data));
    assertThat(recording.channels()).isEqualTo(2);
    assertThat(recording.waveform().samples()).containsExactly(0.375f, -0.5f, 0.5f / 32768);
  }

  @Test
  void chunksBeforeAndBehindTheDataAreStoodAsRavdessHasThem() throws Exception {
    byte[] file =
        riff(
            le("fmt ", FORMAT16),
            le("FLLR", new byte[4044]),
            le("data", PCM16),
            le("LIST", new byte[25]),
            le("bext", new byte[602]),
            le("_PMX", new byte[31]));
    assertThat(new String(file, 4088, 4, StandardCharsets.US_ASCII)).isEqualTo("data");
    assertThat(AudioDecoder.decode(file).waveform().samples()).isEqualTo(RAMP);
  }

  @Test
  void oddChunksArePaddedAndAForgottenPaddingIsForgiven() throws Exception {
    byte[] padded = riff(le("note", new byte[3]), le("fmt ", FORMAT16), le("data", PCM16));
    byte[] unpadded =
        riff(chunk("note", 3, new byte[3], LITTLE_ENDIAN), le("fmt ", FORMAT16), le("data", PCM16));
    assertThat(AudioDecoder.decode(padded).waveform().samples()).isEqualTo(RAMP);
    assertThat(AudioDecoder.decode(unpadded).waveform().samples()).isEqualTo(RAMP);
  }

  @ParameterizedTest
  @CsvSource({"0", "4294967295", "2147479552", "2147483648"})
  void dataOfUnknownSizeRunsToTheEnd(long announced) throws Exception {
    byte[] file = riff(le("fmt ", FORMAT16), chunk("data", announced, PCM16, LITTLE_ENDIAN));
    assertThat(AudioDecoder.decode(file).waveform().samples()).isEqualTo(RAMP);
  }

  @Test
  void rf64SaysTheSizeInAChunkOfItsOwn() throws Exception {
    ByteBuffer sizes = ByteBuffer.allocate(28).order(LITTLE_ENDIAN);
    sizes.putLong(0).putLong(PCM16.length);
    byte[] file =
        riff(
            le("ds64", sizes.array()),
            le("fmt ", FORMAT16),
            chunk("data", 0xffffffffL, PCM16, LITTLE_ENDIAN),
            le("LIST", new byte[10]));
    file[1] = 'F';
    file[2] = '6';
    file[3] = '4';
    assertThat(AudioDecoder.decode(file).waveform().samples()).isEqualTo(RAMP);
  }

  @Test
  void rifxIsBigEndianThroughout() throws Exception {
    ByteBuffer format = ByteBuffer.allocate(16);
    format.putShort((short) 1).putShort((short) 1).putInt(16000).putInt(32000);
    format.putShort((short) 2).putShort((short) 16);
    byte[] data = encode(RAMP, SampleCoding.SIGNED_16, BIG_ENDIAN);
    byte[] file = riff(chunk("fmt ", format.array(), BIG_ENDIAN), chunk("data", data, BIG_ENDIAN));
    file[3] = 'X';
    Recording recording = AudioDecoder.decode(file);
    assertThat(recording.waveform().samples()).isEqualTo(RAMP);
    assertThat(recording.encoding()).isEqualTo("pcm_s16be");
  }

  @Test
  void aLastIncompleteFrameIsDropped() throws Exception {
    byte[] file = wav(FORMAT16, join(PCM16, new byte[] {1}));
    assertThat(AudioDecoder.decode(file).waveform().samples()).isEqualTo(RAMP);
  }

  @Test
  void sunAuComesByJavaSound() throws Exception {
    byte[] data = encode(RAMP, SampleCoding.SIGNED_16, BIG_ENDIAN);
    Recording recording = AudioDecoder.decode(au(data.length, data));
    assertThat(recording.waveform().sampleRate()).isEqualTo(8000);
    for (int i = 0; i < RAMP.length; i++) {
      assertThat(recording.waveform().samples()[i]).isCloseTo(RAMP[i], within(1e-4f));
    }
  }

  @Test
  void whatIsWrongIsSaid() {
    List<String> reasons = new ArrayList<>();
    for (byte[] bytes : brokenFiles()) {
      reasons.add(reason(bytes));
    }
    assertThat(reasons)
        .containsExactly(
            "the file is empty",
            "not a sound file that can be read: it starts with 'hello, w'",
            "truncated: the RIFF header ends after 4 bytes",
            "a RIFF file, but not of sound (WAVE)",
            "a WAV file without a data chunk",
            "a WAV file without a format (fmt) chunk",
            "truncated: the data chunk announces 201 bytes, 200 are present",
            "truncated: the data chunk announces 2147483647 bytes, 200 are present",
            "no samples: the sound data is empty",
            "the header says 0 channels, expected 1 to 64",
            "the header says 65535 channels, expected 1 to 64",
            "the header says a sample rate of 0 Hz, expected 1000 to 768000",
            "the header says a sample rate of 999 Hz, expected 1000 to 768000",
            "the header says a sample rate of 4294967295 Hz, expected 1000 to 768000",
            "the header says 7 bytes a frame, but 1 channels of 16 bits make 2",
            "WAV format 0x0001 with 0 bits a sample",
            "WAV format 0x0003 with 16 bits a sample",
            "unsupported WAV format 0x0055",
            "the format (fmt) chunk has 4 bytes, expected 16",
            "truncated: chunk 'LIST' announces 4000000000 bytes, 3 are present",
            "an IFF file, but not of sound (AIFF, AIFF-C)",
            "truncated: the header announces 101 frames or 202 bytes, the sound chunk has 200",
            "truncated: the header announces 4294967295 frames or 8589934590 bytes,"
                + " the sound chunk has 200",
            "unsupported AIFF-C compression 'ima4'",
            "a MIDI file: notes, not a recording",
            "truncated: the header announces 150 frames, 100 are present");
  }

  private static List<byte[]> brokenFiles() {
    byte[] fmt = le("fmt ", FORMAT16);
    byte[] big = encode(RAMP, SampleCoding.SIGNED_16, BIG_ENDIAN);
    return List.of(
        new byte[0],
        SoundFiles.ascii("hello, world, this is text and no sound at all"),
        SoundFiles.ascii("RIFF"),
        SoundFiles.ascii("RIFF\0\0\0\0AVI stuff"),
        riff(fmt),
        riff(le("data", PCM16)),
        riff(fmt, chunk("data", 201, PCM16, LITTLE_ENDIAN)),
        riff(fmt, chunk("data", 0x7fffffff, PCM16, LITTLE_ENDIAN)),
        riff(fmt, le("data", new byte[0]), le("LIST", new byte[4])),
        wav(format(1, 0, 16000, 0, 16), PCM16),
        wav(format(1, 65535, 16000, 2, 16), PCM16),
        wav(format(1, 1, 0, 2, 16), PCM16),
        wav(format(1, 1, 999, 2, 16), PCM16),
        wav(format(1, 1, 0xffffffffL, 2, 16), PCM16),
        wav(format(1, 1, 16000, 7, 16), PCM16),
        wav(format(1, 1, 16000, 2, 0), PCM16),
        wav(format(3, 1, 16000, 2, 16), PCM16),
        wav(format(0x55, 1, 16000, 2, 16), PCM16),
        riff(le("fmt ", new byte[4]), le("data", PCM16)),
        riff(fmt, chunk("LIST", 4_000_000_000L, new byte[3], LITTLE_ENDIAN)),
        SoundFiles.ascii("FORM\0\0\0\0ILBM stuff"),
        aiff(null, 1, 101, 16, 16000, big),
        aiff(null, 1, 0xffffffffL, 16, 16000, big),
        aiff("ima4", 1, 100, 16, 16000, big),
        SoundFiles.ascii("MThd\0\0\0\6\0\0\0\1\0\1"),
        au(300, big));
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "-Infinity"})
  void samplesThatAreNoNumbersAreRejected(float bad) {
    float[] samples = {0, 0.5f, bad};
    byte[] data = encode(samples, SampleCoding.FLOAT_32, LITTLE_ENDIAN);
    assertThat(reason(wav(format(3, 1, 16000, 4, 32), data)))
        .isEqualTo("sample 2 is not a finite number");
  }

  private static String reason(byte[] file) {
    try {
      return "decoded: " + AudioDecoder.decode(file);
    } catch (AudioException e) {
      return e.getMessage();
    }
  }
}
