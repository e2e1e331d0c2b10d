package affetto.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MuLawTest {

  @Test
  void codesAreThoseOfTheStandard() {
    assertThat(MuLaw.encode(0)).isEqualTo((byte) 0xff);
    assertThat(MuLaw.encode(-0f)).isEqualTo((byte) 0xff);
    assertThat(MuLaw.encode(1)).isEqualTo((byte) 0x80);
    assertThat(MuLaw.encode(-1)).isEqualTo((byte) 0x00);
    assertThat(MuLaw.encode(1e9f)).isEqualTo((byte) 0x80);
    assertThat(MuLaw.encode(1000 / 32768f)).isEqualTo((byte) 0xce);
    assertThat(MuLaw.decode((byte) 0x80) * 32768).isEqualTo(32124);
  }

  /** The code of a negative zero is never written. */
  @Test
  void everyLevelHasItsCode() {
    for (int code = 0; code < 256; code++) {
      if (code != 0x7f) {
        assertThat(MuLaw.encode(MuLaw.decode((byte) code))).isEqualTo((byte) code);
      }
    }
  }

  /** Steps are 8 of 32768 in the first segment, and twice as large in each that follows. */
  @Test
  void theErrorIsAtMostHalfAStep() {
    float before = -1;
    for (int i = -32124; i <= 32124; i++) {
      float sample = i / 32768f;
      float level = MuLaw.decode(MuLaw.encode(sample));
      int segment = 24 - Integer.numberOfLeadingZeros(Math.abs(i) + 132);
      assertThat(Math.abs(level - sample) * 32768).isLessThanOrEqualTo(4 << segment);
      assertThat(level).isGreaterThanOrEqualTo(before);
      before = level;
    }
  }

  /** ITU-T G.712 asks for 33 dB from 0 to -30 dBm0. */
  @ParameterizedTest
  @ValueSource(doubles = {-0.5, -6, -12, -18, -24, -30})
  void aSineKeepsItsDistanceFromTheNoise(double levelDb) {
    double amplitude = Math.pow(10, levelDb / 20);
    double power = 0;
    double error = 0;
    for (int i = 0; i < 8000; i++) {
      float sample = (float) (amplitude * Math.sin(2 * Math.PI * 1020.3 * i / 8000));
      float heard = MuLaw.decode(MuLaw.encode(sample));
      power += (double) sample * sample;
      error += (double) (heard - sample) * (heard - sample);
    }
    assertThat(10 * Math.log10(power / error)).isBetween(33.0, 42.0);
  }
}
