package affetto.synth;

/**
 * A digital resonator of second order, as in Klatt's synthesizer: one formant.
 *
 * @see <a href="https://doi.org/10.1121/1.383940">Klatt 1980, Software for a cascade/parallel
 *     formant synthesizer</a>
 */
final class Resonator {

  private final double sampleRate;
  private double a;
  private double b;
  private double c;
  private double last;
  private double beforeLast;

  Resonator(double sampleRate) {
    this.sampleRate = sampleRate;
  }

  /** Gain 1 at 0 Hz, as a cascade of formants needs. */
  void tune(double hz, double bandwidthHz) {
    double radius = StrictMath.exp(-Math.PI * bandwidthHz / sampleRate);
    c = -radius * radius;
    b = 2 * radius * StrictMath.cos(2 * Math.PI * Math.min(hz, 0.47 * sampleRate) / sampleRate);
    a = 1 - b - c;
  }

  /** Gain about 1 at the resonance, as noise from a place of its own needs. */
  void tuneToPeak(double hz, double bandwidthHz) {
    tune(hz, bandwidthHz);
    double radius = Math.sqrt(-c);
    double turn = 2 * Math.PI * Math.min(hz, 0.47 * sampleRate) / sampleRate;
    a = (1 - radius) * Math.sqrt(1 - 2 * radius * StrictMath.cos(2 * turn) + radius * radius);
  }

  double filter(double in) {
    double out = a * in + b * last + c * beforeLast;
    beforeLast = last;
    last = out;
    return out;
  }
}
