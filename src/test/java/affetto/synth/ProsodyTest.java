package affetto.synth;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.audio.AudioQuality;
import affetto.audio.Waveform;
import affetto.corpus.Emotion;
import affetto.corpus.Gender;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProsodyTest {

  private static final Voice VOICE = new Voice(120, 1, 1, 1, 1, 0, 0, 0);
  private static final int RATE = 16000;

  @Test
  void emotionsDifferInPitchLevelAndTempoAsDesigned() {
    assertThat(pitch(Emotion.ANGRY)).isGreaterThan(pitch(Emotion.NEUTRAL) * 1.1);
    assertThat(pitch(Emotion.FEARFUL)).isGreaterThan(pitch(Emotion.SAD) * 1.25);
    assertThat(level(Emotion.ANGRY)).isGreaterThan(level(Emotion.SAD) * 2);
    assertThat(level(Emotion.ANGRY)).isGreaterThan(level(Emotion.NEUTRAL) * 1.4);
    assertThat(seconds(Emotion.SAD)).isGreaterThan(seconds(Emotion.FEARFUL) * 1.2);
  }

  @Test
  void womenSpeakHigherThanMenAndEachSpeakerHasAPitchOfHisOwn() {
    double[] men = pitches(Gender.MALE);
    double[] women = pitches(Gender.FEMALE);
    assertThat(Arrays.stream(women).average().orElseThrow())
        .isGreaterThan(1.5 * Arrays.stream(men).average().orElseThrow());
    assertThat(Arrays.stream(men).distinct().count()).isEqualTo(men.length);
    assertThat(Arrays.stream(men).max().orElseThrow())
        .isGreaterThan(1.15 * Arrays.stream(men).min().orElseThrow());
  }

  @Test
  void theRenderedSoundHasTheScoresPitch() {
    Delivery steady = new Delivery(0, 0, 0, 0, 0, 1, 0, 0.6, 0.01, 0, 0);
    Dice dice = Dice.of(1, "steady");
    Score score = Score.of(VOICE, steady, List.of(vowel(), vowel(), vowel()), dice);
    Arrays.fill(score.pitch, 160);
    float[] sound = new SpeechSynthesizer(RATE, VOICE, steady, dice).play(score);
    assertThat(period(sound, 2500, 2048)).isEqualTo(RATE / 160);
  }

  private static Syllable vowel() {
    return new Syllable(Syllable.Onset.NONE, 0, 4, 1, 1.5);
  }

  /** The lag, 40 to 200 samples, at which the sound resembles itself most. */
  private static int period(float[] sound, int from, int length) {
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int lag = 40; lag <= 180; lag++) {
      double sum = 0;
      for (int i = from; i < from + length; i++) {
        sum += sound[i] * sound[i + lag];
      }
      if (sum > highest) {
        highest = sum;
        best = lag;
      }
    }
    return best;
  }

  private static double[] pitches(Gender gender) {
    return IntStream.range(0, 20)
        .mapToDouble(i -> Voice.of(gender, Dice.of(1, "speaker " + i)).pitchHz())
        .toArray();
  }

  private static double pitch(Emotion emotion) {
    return mean(
        i -> {
          Dice dice = Dice.of(i, "pitch");
          Delivery delivery = Delivery.of(emotion, 1, dice);
          Score score = Score.of(VOICE, delivery, Syllable.ofText("text", 6), dice);
          return Arrays.stream(score.pitch).average().orElseThrow();
        });
  }

  private static double level(Emotion emotion) {
    return mean(i -> AudioQuality.of(clip(emotion, i)).rms());
  }

  private static double seconds(Emotion emotion) {
    return mean(
        i -> {
          Dice dice = Dice.of(i, "seconds");
          Delivery delivery = Delivery.of(emotion, 1, dice);
          return Score.of(VOICE, delivery, Syllable.ofText("text", 6), dice).steps();
        });
  }

  private static Waveform clip(Emotion emotion, long seed) {
    Dice dice = Dice.of(seed, "clip");
    Delivery delivery = Delivery.of(emotion, 1, dice);
    return Studio.record(RATE, VOICE, delivery, Syllable.ofText("text", 6), 0.3, dice);
  }

  private static double mean(java.util.function.LongToDoubleFunction value) {
    return java.util.stream.LongStream.range(0, 12).mapToDouble(value).average().orElseThrow();
  }
}
