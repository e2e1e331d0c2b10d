package affetto.synth;

import affetto.synth.Syllable.Onset;
import java.util.Arrays;
import java.util.List;

/**
 * What the voice is to do at each step of 5 ms: pitch, amplitudes of voice and noises, formants.
 * Speech only; the silence around it is the recording's business.
 */
final class Score {

  static final double STEP = 0.005;
  private static final double VOWEL_SECONDS = 0.135;
  private static final double TREMOR_HZ = 6;

  /** Steps after the last vowel in which the voice dies away. */
  private static final int FADE = 14;

  /** Fundamental in Hz. */
  final double[] pitch;

  /** Amplitudes, 0 to 1, of voicing, of breath at the glottis and of hissing at the teeth. */
  final double[] voicing;

  final double[] hiss;
  final double[] breath;

  /** Middle of the hissing in Hz. */
  final double[] hissHz;

  /** First to third formant in Hz, shape [3][steps]. */
  final double[][] formants;

  private int at;

  private Score(int steps) {
    pitch = new double[steps];
    voicing = new double[steps];
    hiss = new double[steps];
    breath = new double[steps];
    hissHz = new double[steps];
    formants = new double[3][steps];
  }

  int steps() {
    return pitch.length;
  }

  static Score of(Voice voice, Delivery delivery, List<Syllable> syllables, Dice dice) {
    double tempo = voice.tempo() * delivery.tempo();
    int[] onsets = new int[syllables.size()];
    int[] vowels = new int[syllables.size()];
    for (int i = 0; i < syllables.size(); i++) {
      Syllable syllable = syllables.get(i);
      double vowel = VOWEL_SECONDS * syllable.length() * (1 + 0.1 * dice.normal()) / tempo;
      if (i == syllables.size() - 1) {
        vowel *= 1.4; // speakers lengthen the last syllable
      }
      onsets[i] = steps(onsetSeconds(syllable.onset()) / Math.sqrt(tempo));
      vowels[i] = steps(vowel);
    }
    Score score = new Score(Arrays.stream(onsets).sum() + Arrays.stream(vowels).sum() + FADE);
    double[] accents = new double[score.steps()];
    for (int i = 0; i < syllables.size(); i++) {
      Syllable syllable = syllables.get(i);
      score.writeOnset(syllable, onsets[i], voice);
      Arrays.fill(accents, score.at, score.at + vowels[i], syllable.stress());
      score.writeVowel(syllable, vowels[i], voice, delivery);
    }
    score.writeFade();
    int last = score.steps() - FADE - vowels[vowels.length - 1];
    score.writePitch(voice, delivery, accents, last, dice);
    score.smooth();
    return score;
  }

  private static int steps(double seconds) {
    return Math.max(2, (int) Math.round(seconds / STEP));
  }

  private static double onsetSeconds(Onset onset) {
    return switch (onset) {
      case NONE -> 0.02;
      case FRICATIVE -> 0.09;
      case STOP -> 0.075;
      case NASAL -> 0.06;
    };
  }

  private void writeOnset(Syllable syllable, int length, Voice voice) {
    for (int i = 0; i < length; i++, at++) {
      aim(syllable, voice);
      hissHz[at] = syllable.onsetHz() * voice.tract();
      switch (syllable.onset()) {
        case NONE -> voicing[at] = 0.3;
        case FRICATIVE -> hiss[at] = 0.5;
        case STOP -> {
          hiss[at] = i >= length - 3 ? 0.9 : 0;
          breath[at] = i >= length - 3 ? 0.3 : 0;
        }
        case NASAL -> {
          voicing[at] = 0.35;
          formants[0][at] = 250 * voice.tract();
        }
      }
    }
  }

  private void writeVowel(Syllable syllable, int length, Voice voice, Delivery delivery) {
    double open = 0.75 + 0.25 * syllable.stress();
    for (int i = 0; i < length; i++, at++) {
      aim(syllable, voice);
      hissHz[at] = syllable.onsetHz() * voice.tract();
      double place = (i + 0.5) / length;
      double arch = open * (0.6 + 1.6 * place * (1 - place));
      voicing[at] = arch;
      breath[at] = arch * Math.max(0.01, delivery.breath() + voice.breath() * 0.3);
    }
  }

  private void writeFade() {
    for (; at < steps(); at++) {
      hissHz[at] = hissHz[at - 1];
      for (double[] formant : formants) {
        formant[at] = formant[at - 1];
      }
    }
  }

  private void aim(Syllable syllable, Voice voice) {
    for (int f = 0; f < formants.length; f++) {
      formants[f][at] = Syllable.VOWELS[syllable.vowel()][f] * voice.tract();
    }
  }

  private void writePitch(
      Voice voice, Delivery delivery, double[] accents, int lastVowel, Dice dice) {
    smooth(accents, 0.06);
    double drift = 0;
    double tremorPhase = dice.between(0, 1);
    for (int i = 0; i < pitch.length; i++) {
      double place = (double) i / pitch.length;
      double end = i < lastVowel ? 0 : (double) (i - lastVowel) / (pitch.length - lastVowel);
      drift = 0.97 * drift + 0.08 * dice.normal();
      double semitones =
          delivery.pitch()
              + delivery.slope() * voice.range() * (place - 0.5)
              + delivery.range() * voice.range() * (accents[i] - 0.4)
              + delivery.ending() * end
              + delivery.tremor() * triangle(TREMOR_HZ * i * STEP + tremorPhase)
              + drift;
      pitch[i] = Delivery.clamp(voice.pitchHz() * StrictMath.pow(2, semitones / 12), 50, 600);
    }
  }

  private static double triangle(double turns) {
    double place = turns - Math.floor(turns);
    return 4 * Math.abs(place - 0.5) - 1;
  }

  private void smooth() {
    smooth(voicing, 0.012);
    smooth(breath, 0.01);
    smooth(hiss, 0.006);
    for (double[] formant : formants) {
      smooth(formant, 0.025);
    }
  }

  /** A low pass of first order there and back, so that nothing is delayed. */
  private static void smooth(double[] values, double seconds) {
    double keep = StrictMath.exp(-STEP / seconds);
    for (int i = 1; i < values.length; i++) {
      values[i] = keep * values[i - 1] + (1 - keep) * values[i];
    }
    for (int i = values.length - 2; i >= 0; i--) {
      values[i] = keep * values[i + 1] + (1 - keep) * values[i];
    }
  }
}
