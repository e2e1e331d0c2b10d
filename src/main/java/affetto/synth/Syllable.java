package affetto.synth;

import java.util.ArrayList;
import java.util.List;

/**
 * A consonant-like onset and a vowel.
 *
 * @param onset what comes before the vowel
 * @param onsetHz middle of the onset's noise, where it has any
 * @param vowel which of {@link #VOWELS}
 * @param stress 0 to 1: how far the pitch follows the accent
 * @param length factor on the vowel's duration
 */
record Syllable(Onset onset, double onsetHz, int vowel, double stress, double length) {

  /** Ways to begin a syllable. */
  enum Onset {
    /** Straight into the vowel. */
    NONE,
    /** Hissing, as s or sh. */
    FRICATIVE,
    /** Closure and burst, as t or k. */
    STOP,
    /** Voiced and damped, as m or n. */
    NASAL
  }

  /** First to third formant in Hz of a tract of length 1 (after Peterson and Barney 1952). */
  static final double[][] VOWELS = {
    {270, 2290, 3010},
    {390, 1990, 2550},
    {530, 1840, 2480},
    {660, 1720, 2410},
    {730, 1090, 2440},
    {570, 840, 2410},
    {440, 1020, 2240},
    {300, 870, 2240},
    {640, 1190, 2390},
    {490, 1350, 1690}
  };

  /** The syllables of a text: the same for everybody who speaks it. */
  static List<Syllable> ofText(String text, int count) {
    Dice dice = Dice.of(0, "text " + text);
    List<Syllable> syllables = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Onset onset = Onset.values()[dice.below(Onset.values().length)];
      double hz = onset == Onset.FRICATIVE ? dice.between(3000, 6500) : dice.between(1500, 4500);
      boolean stressed = i % 2 == count % 2 || i == count - 1;
      double stress = stressed ? dice.between(0.7, 1) : dice.between(0, 0.25);
      double length = stressed ? dice.between(1, 1.3) : dice.between(0.7, 0.95);
      syllables.add(new Syllable(onset, hz, dice.below(VOWELS.length), stress, length));
    }
    return syllables;
  }
}
