package affetto.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WaveformTest {

  @Test
  void durationIsSamplesOverRate() {
    assertThat(new Waveform(new float[24000], 16000).duration()).isEqualTo(1.5);
  }

  @Test
  void refusesARateBelowOne() {
    assertThatThrownBy(() -> new Waveform(new float[1], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }
}
