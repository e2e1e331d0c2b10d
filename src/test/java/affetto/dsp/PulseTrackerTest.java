package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PulseTrackerTest {
  private static final int RATE = 16000;
  private final PulseTracker tracker = new PulseTracker(RATE, 160, 0.3, 0.8, 1.25);

  /** A pitch, voiced in some frames. */
  private static PitchTrack track(double hz, int frames, int from, int to) {
    double[] f0Hz = new double[frames];
    boolean[] voiced = new boolean[frames];
    Arrays.fill(f0Hz, Double.NaN);
    Arrays.fill(f0Hz, from, to, hz);
    Arrays.fill(voiced, from, to, true);
    return new PitchTrack(f0Hz, voiced, new double[frames]);
  }

  @Test
  void pulsesAreFoundWhereTheyAre() {
    double[] times = new double[100];
    double[] strengths = new double[100];
    for (int i = 0; i < times.length; i++) {
      times[i] = 50 + 123.4 * i + 3 * Math.sin(i);
      strengths[i] = 1 + 0.2 * Math.cos(2 * i);
    }
    float[] voice = Pulses.voice(times, strengths, RATE, 12400);
    double[] pulses = tracker.pulses(voice, track(RATE / 123.4, 79, 0, 79)).get(0);
    assertThat(pulses.length).isBetween(98, 100);
    double offset = pulses[0] - times[0];
    for (int i = 1; i < pulses.length; i++) {
      assertThat(pulses[i] - times[i]).isCloseTo(offset, within(0.5));
      assertThat(pulses[i] - pulses[i - 1]).isCloseTo(times[i] - times[i - 1], within(0.1));
    }
  }

  @Test
  void eachVoicedStretchHasItsOwnChains() {
    float[] tone = GoldenSignal.sine(200, RATE, RATE);
    assertThat(tracker.pulses(tone, track(200, 101, 20, 50))).hasSize(1);
    assertThat(tracker.pulses(tone, track(200, 101, 0, 0))).isEmpty();
    double[] pulses = tracker.pulses(tone, track(200, 101, 20, 50)).get(0);
    assertThat(pulses[0]).isBetween(19.5 * 160, 19.5 * 160 + 80);
    assertThat(pulses[pulses.length - 1]).isBetween(49.5 * 160 - 81, 49.5 * 160);
    // 30 frames of 160 samples hold 60 periods of 80.
    assertThat(pulses.length).isBetween(59, 61);
  }

  @Test
  void silenceThatIsCalledVoicedHasNoPeriods() {
    for (double[] chain : tracker.pulses(new float[RATE], track(200, 101, 0, 101))) {
      assertThat(chain).hasSize(1);
    }
  }

  @Test
  void stretchesFollowTheVoicing() {
    PitchTrack track = track(100, 10, 3, 7);
    assertThat(track.stretches())
        .containsExactly(
            new PitchTrack.Stretch(0, 3, false),
            new PitchTrack.Stretch(3, 7, true),
            new PitchTrack.Stretch(7, 10, false));
    assertThat(track(100, 4, 0, 4).stretches()).containsExactly(new PitchTrack.Stretch(0, 4, true));
  }
}
