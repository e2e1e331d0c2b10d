package affetto.feature;

import affetto.dsp.Likeness;
import affetto.dsp.Partial;
import affetto.dsp.PitchTrack;
import affetto.dsp.PulseTracker;

/**
 * What {@link ProsodySet} says of the voice itself: how steady its periods are in length and level,
 * how much of it is noise, and how its first two harmonics compare.
 *
 * @see <a href="https://www.fon.hum.uva.nl/praat/manual/Voice_2__Jitter.html">Praat, Voice 2:
 *     jitter</a>
 */
final class VoiceQuality {
  /** Of an amplitude, so that the level of silence is finite: -200 dB. */
  private static final double MIN_AMPLITUDE = 1e-10;

  private final PulseTracker pulseTracker =
      new PulseTracker(
          ProsodySet.SAMPLE_RATE,
          ProsodySet.HOP_LENGTH,
          ProsodySet.MIN_PULSE_CORRELATION,
          ProsodySet.MIN_PERIOD_FACTOR,
          ProsodySet.MAX_PERIOD_FACTOR);

  void describe(float[] samples, PitchTrack track, ProsodyRow row) {
    describePeriods(samples, track, row);
    Series noise = new Series();
    Series harmonics = new Series();
    for (int t = 0; t < track.frames(); t++) {
      if (track.voiced()[t]) {
        double period = ProsodySet.SAMPLE_RATE / track.f0Hz()[t];
        int centre = t * ProsodySet.HOP_LENGTH;
        noise.add(harmonicsToNoiseDb(samples, centre, period));
        harmonics.add(firstOverSecondDb(samples, centre, period));
      }
    }
    row.set(ProsodyFeature.HNR_DBACF_MEAN, noise.mean());
    row.set(ProsodyFeature.HNR_DBACF_STDDEV, noise.stddev());
    row.set(ProsodyFeature.LOG_REL_F0_H1_H2_MEAN, harmonics.mean());
    row.set(ProsodyFeature.LOG_REL_F0_H1_H2_STDDEV, harmonics.stddev());
  }

  private void describePeriods(float[] samples, PitchTrack track, ProsodyRow row) {
    Series periods = new Series();
    Series jitter = new Series();
    Series shimmer = new Series();
    for (double[] pulses : pulseTracker.pulses(samples, track)) {
      for (int i = 1; i < pulses.length; i++) {
        double period = pulses[i] - pulses[i - 1];
        periods.add(period);
        if (i > 1) {
          double before = pulses[i - 1] - pulses[i - 2];
          if (factor(period, before) <= ProsodySet.MAX_JITTER_FACTOR) {
            jitter.add(Math.abs(period - before));
          }
          double power = power(samples, pulses[i - 1], pulses[i]);
          double powerBefore = power(samples, pulses[i - 2], pulses[i - 1]);
          double amplitude = Math.sqrt(power / powerBefore);
          double change = factor(amplitude, 1);
          if (change <= ProsodySet.MAX_SHIMMER_FACTOR) {
            shimmer.add(20 * Math.log10(change));
          }
        }
      }
    }
    double meanPeriod = periods.mean();
    row.set(ProsodyFeature.JITTER_LOCAL_MEAN, meanPeriod > 0 ? jitter.mean() / meanPeriod : 0);
    row.set(ProsodyFeature.SHIMMER_LOCAL_DB_MEAN, shimmer.mean());
  }

  /** The larger over the smaller; not a number or infinite where one is 0. */
  private static double factor(double a, double b) {
    return Math.max(a, b) / Math.min(a, b);
  }

  /** Mean power of the period that a pulse begins. */
  private static double power(float[] samples, double pulse, double next) {
    double lead = ProsodySet.PULSE_LEAD * (next - pulse);
    int begin = (int) Math.max(0, Math.round(pulse - lead));
    int end = (int) Math.min(samples.length, Math.round(next - lead));
    double energy = 0;
    for (int i = begin; i < end; i++) {
      energy += (double) samples[i] * samples[i];
    }
    return energy / (end - begin);
  }

  /**
   * What repeats is the voice, what does not is noise.
   *
   * @see <a href="https://www.fon.hum.uva.nl/paul/papers/Proceedings_1993.pdf">Boersma 1993,
   *     Accurate short-term analysis of the fundamental frequency and the harmonics-to-noise ratio
   *     of a sampled sound, equation 4</a>
   */
  private static double harmonicsToNoiseDb(float[] samples, int centre, double period) {
    int length = ProsodySet.HNR_LENGTH;
    int start = (int) Math.round(centre - (length + period) / 2);
    int minLag = (int) Math.floor(period * (1 - ProsodySet.HNR_SEARCH));
    int maxLag = (int) Math.ceil(period * (1 + ProsodySet.HNR_SEARCH));
    double correlation = Likeness.best(samples, start, length, minLag, maxLag).correlation();
    double share =
        Math.max(
            ProsodySet.MIN_HNR_CORRELATION, Math.min(ProsodySet.MAX_HNR_CORRELATION, correlation));
    return 10 * Math.log10(share / (1 - share));
  }

  private static double firstOverSecondDb(float[] samples, int centre, double period) {
    int length = (int) Math.round(ProsodySet.HARMONIC_PERIODS * period);
    double first = Partial.amplitude(samples, centre, length, 1 / period);
    double second = Partial.amplitude(samples, centre, length, 2 / period);
    return 20 * Math.log10(Math.max(MIN_AMPLITUDE, first) / Math.max(MIN_AMPLITUDE, second));
  }
}
