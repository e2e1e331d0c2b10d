package affetto.synth;

import java.util.ArrayList;
import java.util.List;

/**
 * Plays a score: glottal pulses with jitter and shimmer and breath through a cascade of formants,
 * and hissing beside it.
 *
 * <p>The pulse is the derivative of Rosenberg's polynomial flow (lips radiate the derivative), low
 * passed for the voice's brightness.
 *
 * @see <a href="https://doi.org/10.1121/1.1912389">Rosenberg 1971, Effect of glottal pulse shape on
 *     the quality of natural vowels</a>
 */
final class SpeechSynthesizer {

  /** Of the formants that move with the vowels. */
  private static final double[] BANDWIDTHS_HZ = {70, 95, 130};

  /** Above them a tract has one in every 1000 Hz; without those speech is muffled. */
  private static final int HIGH_FORMANTS = 7;

  private static final double FIRST_HIGH_HZ = 3500;
  private static final double SHIMMER = 0.05;

  private final int sampleRate;
  private final Voice voice;
  private final Delivery delivery;
  private final Dice dice;
  private final Resonator[] formants;
  private final Resonator hiss;
  private final double dampKeep;

  private double period;
  private double place;
  private double pulse = 1;
  private double damped;
  private double lastNoise;

  SpeechSynthesizer(int sampleRate, Voice voice, Delivery delivery, Dice dice) {
    this.sampleRate = sampleRate;
    this.voice = voice;
    this.delivery = delivery;
    this.dice = dice;
    formants = formants();
    hiss = new Resonator(sampleRate);
    // 12 dB of brightness either way shift the corner of the source's low pass by two octaves.
    double tiltDb = Delivery.clamp(delivery.tiltDb() + voice.tiltDb(), -14, 14);
    double cornerHz = 5000 * StrictMath.pow(2, tiltDb / 6);
    dampKeep = StrictMath.exp(-2 * Math.PI * cornerHz / sampleRate);
  }

  /** The moving ones, then those of the higher ones that the sample rate can carry. */
  private Resonator[] formants() {
    List<Resonator> cascade = new ArrayList<>();
    for (int f = 0; f < BANDWIDTHS_HZ.length; f++) {
      cascade.add(new Resonator(sampleRate));
    }
    for (int f = 0; f < HIGH_FORMANTS; f++) {
      double hz = (FIRST_HIGH_HZ + 1000 * f) * voice.tract();
      if (hz < 0.45 * sampleRate) {
        Resonator formant = new Resonator(sampleRate);
        formant.tune(hz, 200 + 60 * f);
        cascade.add(formant);
      }
    }
    return cascade.toArray(new Resonator[0]);
  }

  /** Renders the score; any scale, shape [steps x 5 ms x rate]. */
  float[] play(Score score) {
    float[] sound = new float[(int) (score.steps() * Score.STEP * sampleRate)];
    int tuned = -1;
    for (int i = 0; i < sound.length; i++) {
      int step = Math.min((int) (i / (Score.STEP * sampleRate)), score.steps() - 1);
      if (step != tuned) {
        tune(score, step);
        tuned = step;
      }
      sound[i] = (float) sample(score, step);
    }
    return sound;
  }

  private void tune(Score score, int step) {
    for (int f = 0; f < BANDWIDTHS_HZ.length; f++) {
      formants[f].tune(score.formants[f][step], BANDWIDTHS_HZ[f]);
    }
    hiss.tuneToPeak(score.hissHz[step], 1200);
  }

  private double sample(Score score, int step) {
    double noise = dice.noise();
    double rough = noise - 0.7 * lastNoise; // breath has little at low frequencies
    lastNoise = noise;
    double source = score.voicing[step] * glottis(score.pitch[step]);
    damped = dampKeep * damped + (1 - dampKeep) * source;
    boolean open = place < delivery.open() * period;
    double breath = score.breath[step] * rough * (open ? 1 : 0.4);
    double out = damped + 0.7 * breath;
    for (Resonator formant : formants) {
      out = formant.filter(out);
    }
    return out + 0.35 * score.hiss[step] * hiss.filter(noise);
  }

  /** The next sample of the pulse train: flow's derivative, about -2 to 0.6. */
  private double glottis(double pitchHz) {
    place += 1.0 / sampleRate;
    if (place >= period) {
      place -= period;
      period = (1 + delivery.jitter() * dice.normal()) / pitchHz;
      pulse = 1 + SHIMMER * dice.normal();
    }
    double open = delivery.open() * period;
    if (place >= open) {
      return 0;
    }
    double x = place / open;
    return pulse * 2 * (2 * x - 3 * x * x) * (0.6 / delivery.open());
  }
}
