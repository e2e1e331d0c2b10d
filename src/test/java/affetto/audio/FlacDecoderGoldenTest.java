package affetto.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against files that libFLAC made: see make_flac_goldens.py beside them. */
class FlacDecoderGoldenTest {

  @ParameterizedTest
  @CsvSource({
    "mono16,   1, 16, 16000",
    "stereo16, 2, 16, 44100",
    "stereo24, 2, 24, 48000",
    "mono8,    1,  8, 24414",
    "six16,    6, 16, 96000"
  })
  void everySampleIsLibFlacs(String name, int channels, int bits, int rate) throws Exception {
    Recording recording = AudioDecoder.decode(resource(name + ".flac"));
    ByteBuffer pcm = ByteBuffer.wrap(resource(name + ".pcm")).order(ByteOrder.LITTLE_ENDIAN);
    float[] expected = new float[pcm.capacity() / 4 / channels];
    for (int i = 0; i < expected.length; i++) {
      long sum = 0;
      for (int channel = 0; channel < channels; channel++) {
        sum += pcm.getInt();
      }
      expected[i] = (float) (sum / (double) (1L << (bits - 1)) / channels);
    }
    assertThat(recording.waveform().samples())
        .usingComparatorWithPrecision(1e-7f)
        .containsExactly(expected);
    assertThat(recording.waveform().sampleRate()).isEqualTo(rate);
    assertThat(recording.encoding()).isEqualTo("flac");
    assertThat(recording.channels()).isEqualTo(channels);
    assertThat(recording.bits()).isEqualTo(bits);
  }

  @Test
  void aTagBeforeTheStreamIsPassedOver() throws Exception {
    byte[] tag = {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 3, 1, 2, 3};
    byte[] file = SoundFiles.join(tag, resource("mono8.flac"));
    assertThat(AudioDecoder.decode(file).waveform().samples()).hasSize(2000);
  }

  @Test
  void aChangedBitIsNoticed() throws IOException {
    byte[] file = resource("mono16.flac");
    file[file.length / 2] ^= 8;
    assertThatThrownBy(() -> AudioDecoder.decode(file)).isInstanceOf(AudioException.class);
  }

  @Test
  void aWrongChecksumOfTheSamplesIsNoticed() throws IOException {
    byte[] file = resource("mono16.flac");
    file[26] ^= 1; // the MD5 in the stream info
    assertThatThrownBy(() -> AudioDecoder.decode(file))
        .isInstanceOf(AudioException.class)
        .hasMessageContaining("MD5");
  }

  @Test
  void aCutStreamIsTruncated() throws IOException {
    byte[] file = resource("mono16.flac");
    assertThatThrownBy(() -> AudioDecoder.decode(Arrays.copyOf(file, file.length - 100)))
        .isInstanceOf(AudioException.class)
        .hasMessageContaining("truncated");
  }

  @Test
  void aStreamOfMoreThanTheMostSamplesIsRefusedAtItsHeader() throws IOException {
    byte[] file = resource("mono16.flac");
    file[22] = (byte) 0xff; // the announced number of samples, at its second byte
    assertThatThrownBy(() -> AudioDecoder.decode(file))
        .isInstanceOf(AudioException.class)
        .hasMessageContaining("at most 33554432");
  }

  static byte[] resource(String name) throws IOException {
    try (InputStream in = FlacDecoderGoldenTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }
}
