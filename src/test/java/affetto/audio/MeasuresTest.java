package affetto.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MeasuresTest {

  @Test
  void qualityOfASine() {
    float[] samples = new float[16000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * 100 * i / 16000) + 0.1);
    }
    AudioQuality quality = AudioQuality.of(new Waveform(samples, 16000));
    assertThat(quality.durationSeconds()).isEqualTo(1);
    assertThat(quality.peak()).isCloseTo(0.6, within(1e-6));
    assertThat(quality.dcOffset()).isCloseTo(0.1, within(1e-6));
    assertThat(quality.rms()).isCloseTo(Math.sqrt(0.125 + 0.01), within(1e-6));
    assertThat(quality.clippingShare()).isZero();
    assertThat(quality.silenceShare()).isZero();
  }

  @Test
  void runsAtARailAreClipping() {
    float[] samples = new float[1000];
    Arrays.fill(samples, 100, 104, 0.9f); // four at the upper rail
    Arrays.fill(samples, 200, 202, 0.9f); // two: a peak, not a run
    Arrays.fill(samples, 300, 303, -0.7f); // three at the lower rail
    Arrays.fill(samples, 400, 410, 0.5f); // a plateau below the rail
    assertThat(AudioQuality.of(new Waveform(samples, 16000)).clippingShare()).isEqualTo(0.007);
  }

  @Test
  void quietPlateausAreNoClipping() {
    float[] samples = new float[1000];
    Arrays.fill(samples, 100, 110, 0.1f);
    assertThat(AudioQuality.of(new Waveform(samples, 16000)).clippingShare()).isZero();
  }

  @Test
  void silenceIsMeasuredAboutTheMeanInFramesOf20Ms() {
    float[] samples = new float[3200];
    Arrays.fill(samples, 0.25f);
    AudioQuality constant = AudioQuality.of(new Waveform(samples, 16000));
    assertThat(constant.silenceShare()).isEqualTo(1);
    assertThat(constant.silent()).isTrue();
    for (int i = 0; i < 320; i++) {
      samples[i] += i % 2 == 0 ? 0.1f : -0.1f;
    }
    AudioQuality partly = AudioQuality.of(new Waveform(samples, 16000));
    assertThat(partly.silenceShare()).isEqualTo(0.9);
    assertThat(partly.silent()).isFalse();
    assertThat(AudioQuality.of(new Waveform(new float[0], 16000)).silent()).isTrue();
  }

  @Test
  void storedAudioLosesNothing() {
    float[] grid = {-1, 1 / 32768f, 32767 / 32768f, 0};
    StoredAudio sixteen = StoredAudio.of(new Waveform(grid, 8000));
    assertThat(sixteen.encoding()).isEqualTo("pcm_s16le");
    assertThat(sixteen.bytes()).containsExactly(0, 0x80, 1, 0, 0xff, 0x7f, 0, 0);
    assertThat(sixteen.toWaveform().samples()).isEqualTo(grid);
    for (float off : new float[] {1, -1.00004f, 0.5f / 32768, 3, Float.MIN_VALUE}) {
      float[] samples = {0.25f, off};
      StoredAudio floats = StoredAudio.of(new Waveform(samples, 8000));
      assertThat(floats.encoding()).isEqualTo("pcm_f32le");
      assertThat(floats.toWaveform().samples()).isEqualTo(samples);
      assertThat(floats.sampleRate()).isEqualTo(8000);
    }
    assertThatThrownBy(() -> new StoredAudio("mp3", new byte[0], 8000)).hasMessageContaining("mp3");
  }

  @Test
  void fingerprintsFollowSoundAndRateOnly() {
    float[] samples = SoundFiles.ramp(40_000);
    String print = AudioFingerprint.of(new Waveform(samples, 8000));
    assertThat(print).matches("[0-9a-f]{64}");
    assertThat(AudioFingerprint.of(new Waveform(samples.clone(), 8000))).isEqualTo(print);
    assertThat(AudioFingerprint.of(new Waveform(samples, 8001))).isNotEqualTo(print);
    samples[39_999] += 1e-3f;
    assertThat(AudioFingerprint.of(new Waveform(samples, 8000))).isNotEqualTo(print);
    assertThat(AudioFingerprint.of(new Waveform(new float[] {-0f}, 8000)))
        .isEqualTo(AudioFingerprint.of(new Waveform(new float[] {0f}, 8000)));
  }

  @Test
  void whatIsWrittenIsReadAndClippedAtFullScale() throws Exception {
    float[] samples = {0, 0.5f, -1, 2, -2};
    Recording back = AudioDecoder.decode(WavWriter.pcm16(new Waveform(samples, 24414)));
    assertThat(back.waveform().samples()).containsExactly(0, 0.5f, -1, 32767 / 32768f, -1);
    assertThat(back.waveform().sampleRate()).isEqualTo(24414);
  }
}
