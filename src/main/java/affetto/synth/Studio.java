package affetto.synth;

import affetto.audio.Waveform;
import java.util.List;

/** Records one spoken clip: silence, speech at its level, silence, and the room's noise. */
final class Studio {

  /** Root mean square of speech at its usual level. */
  private static final double USUAL_LEVEL = 0.05;

  private static final double MAX_PEAK = 0.98;
  private static final double MIN_SECONDS = 1.85;

  private Studio() {}

  /**
   * Records a clip of 1.85 to about 3.6 s.
   *
   * @param leadSeconds silence before the speech
   */
  static Waveform record(
      int sampleRate,
      Voice voice,
      Delivery delivery,
      List<Syllable> text,
      double leadSeconds,
      Dice dice) {
    Score score = Score.of(voice, delivery, text, dice);
    float[] speech = new SpeechSynthesizer(sampleRate, voice, delivery, dice).play(score);
    int lead = (int) (leadSeconds * sampleRate);
    int tail = (int) (dice.between(0.2, 0.45) * sampleRate);
    int length = Math.max(lead + speech.length + tail, (int) (MIN_SECONDS * sampleRate));
    double gain = gain(speech, voice.levelDb() + delivery.levelDb());
    double floor = USUAL_LEVEL * decibels(-38 + 3 * dice.normal()) * 1.7320508075688772;
    float[] clip = new float[length];
    for (int i = 0; i < length; i++) {
      int at = i - lead;
      double spoken = at >= 0 && at < speech.length ? gain * speech[at] : 0;
      clip[i] = (float) Delivery.clamp(spoken + floor * dice.noise(), -1, 1);
    }
    return new Waveform(clip, sampleRate);
  }

  private static double gain(float[] speech, double levelDb) {
    double squares = 0;
    double peak = 1e-9;
    for (float sample : speech) {
      squares += (double) sample * sample;
      peak = Math.max(peak, Math.abs(sample));
    }
    double rms = Math.max(1e-9, Math.sqrt(squares / speech.length));
    return Math.min(USUAL_LEVEL * decibels(levelDb) / rms, MAX_PEAK / peak);
  }

  private static double decibels(double value) {
    return StrictMath.pow(10, value / 20);
  }
}
