package affetto.dsp;

import java.util.ArrayList;
import java.util.List;

/**
 * The pulses of the voice: in each voiced stretch the strongest sample of the first period, and
 * from there on, about a period further, the place whose surroundings are most alike. Where nothing
 * is alike a new chain of pulses begins.
 *
 * <p>Immutable; may be shared.
 *
 * @see <a href="https://doi.org/10.1159/000245159">Boersma 2009, Should jitter be measured by peak
 *     picking or by waveform matching?, Folia Phoniatrica et Logopaedica 61</a>
 */
public final class PulseTracker {
  private final double sampleRate;
  private final int hopLength;
  private final double minCorrelation;
  private final double minPeriodFactor;
  private final double maxPeriodFactor;

  /**
   * Fixes the parameters.
   *
   * @param sampleRate samples per second
   * @param hopLength samples from frame to frame of the pitch
   * @param minCorrelation how alike two periods must be, 0 to 1
   * @param minPeriodFactor shortest period as a multiple of that of the pitch, above 0
   * @param maxPeriodFactor longest period as a multiple of that of the pitch
   */
  public PulseTracker(
      double sampleRate,
      int hopLength,
      double minCorrelation,
      double minPeriodFactor,
      double maxPeriodFactor) {
    this.sampleRate = sampleRate;
    this.hopLength = hopLength;
    this.minCorrelation = minCorrelation;
    this.minPeriodFactor = minPeriodFactor;
    this.maxPeriodFactor = maxPeriodFactor;
  }

  /**
   * Finds the pulses.
   *
   * @param samples mono, shape [n]
   * @param track its pitch, frames centred at multiples of the hop
   * @return chains of pulses, in samples from the start, with fractions; within a chain one period
   *     apart
   */
  public List<double[]> pulses(float[] samples, PitchTrack track) {
    List<double[]> chains = new ArrayList<>();
    for (PitchTrack.Stretch stretch : track.stretches()) {
      if (stretch.voiced()) {
        addChains(samples, track, stretch, chains);
      }
    }
    return chains;
  }

  private void addChains(
      float[] samples, PitchTrack track, PitchTrack.Stretch stretch, List<double[]> chains) {
    double from = Math.max(0, (stretch.begin() - 0.5) * hopLength);
    double to = Math.min(samples.length, (stretch.end() - 0.5) * hopLength);
    while (from < to) {
      List<Double> chain = new ArrayList<>();
      double pulse = strongest(samples, from, Math.min(to, from + period(track, stretch, from)));
      chain.add(pulse);
      double period = period(track, stretch, pulse);
      Likeness next = next(samples, pulse, period);
      while (next.correlation() >= minCorrelation && pulse + next.lag() < to) {
        pulse += next.lag();
        chain.add(pulse);
        period = period(track, stretch, pulse);
        next = next(samples, pulse, period);
      }
      from = pulse + Math.max(period, next.lag());
      chains.add(chain.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  private static int strongest(float[] samples, double from, double to) {
    int strongest = (int) from;
    for (int i = strongest; i < to; i++) {
      if (Math.abs(samples[i]) > Math.abs(samples[strongest])) {
        strongest = i;
      }
    }
    return strongest;
  }

  /** The period in samples at a place in a voiced stretch. */
  private double period(PitchTrack track, PitchTrack.Stretch stretch, double place) {
    int nearest = (int) Math.round(place / hopLength);
    int frame = Math.max(stretch.begin(), Math.min(stretch.end() - 1, nearest));
    return sampleRate / track.f0Hz()[frame];
  }

  private Likeness next(float[] samples, double pulse, double period) {
    int start = (int) Math.round(pulse - period / 2);
    int minLag = (int) Math.ceil(minPeriodFactor * period);
    int maxLag = (int) Math.floor(maxPeriodFactor * period);
    return Likeness.best(samples, start, (int) Math.round(period), minLag, maxLag);
  }
}
