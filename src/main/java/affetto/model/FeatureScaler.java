package affetto.model;

import affetto.feature.FeatureMatrix;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.Stream;

/**
 * Standardises each band: the mean taken off, then divided by the deviation (of the population).
 *
 * <p>Fitted on training rows only. A band that never changes is only centred. Where clips have a
 * head ({@link InputSpec#head}), each of its values is scaled by itself.
 *
 * @param mean of each value of the head, then of each band
 * @param deviation of the same, above 0
 */
public record FeatureScaler(List<Double> mean, List<Double> deviation) implements Serializable {

  /** A deviation below this share of the mean is rounding of the features, not variation. */
  private static final double CONSTANT = 1e-7;

  public FeatureScaler {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.size() != deviation.size()) {
      throw new IllegalArgumentException(
          "%d means and %d deviations".formatted(mean.size(), deviation.size()));
    }
  }

  /**
   * Scales a clip without a head.
   *
   * @return [frames x bands], row-major, as new values
   * @throws IllegalArgumentException if the clip has another number of bands
   */
  public float[] scale(FeatureMatrix clip) {
    if (clip.bands() != mean.size()) {
      throw new IllegalArgumentException(
          "the scaler has %d features, the clip %d".formatted(mean.size(), clip.bands()));
    }
    return scale(clip.values(), 0);
  }

  /**
   * Scales a clip that is prepared.
   *
   * @param clip the head, then [frames x bands], as {@link InputSpec#prepare} gives it
   * @param head {@link InputSpec#head}
   * @return new values of the same shape
   */
  public float[] scale(float[] clip, int head) {
    int bands = mean.size() - head;
    float[] scaled = new float[clip.length];
    for (int i = 0; i < clip.length; i++) {
      int column = i < head ? i : head + (i - head) % bands;
      scaled[i] = (float) ((clip[i] - mean.get(column)) / deviation.get(column));
    }
    return scaled;
  }

  /**
   * Gathers what a scaler is made of. Sums are exact: however the rows are parted, ordered and
   * merged, the scaler is the same to the last bit.
   */
  public static final class Fit implements Serializable {
    private static final long serialVersionUID = 1L;
    private final int head;
    private final ExactSum[] sums;
    private final ExactSum[] squares;
    private long clips;
    private long frames;

    /** Of clips without a head. */
    public Fit(int bands) {
      this(0, bands);
    }

    /**
     * Of clips with a head.
     *
     * @param head {@link InputSpec#head}
     */
    public Fit(int head, int bands) {
      this.head = head;
      sums = Stream.generate(ExactSum::new).limit(head + bands).toArray(ExactSum[]::new);
      squares = Stream.generate(ExactSum::new).limit(head + bands).toArray(ExactSum[]::new);
    }

    /**
     * Adds a clip.
     *
     * @param values the head, then [frames x bands], as {@link InputSpec#prepare} gives it
     * @throws IllegalArgumentException if it has another number of bands or a value that is not
     *     finite
     */
    public Fit add(float[] values) {
      int bands = sums.length - head;
      if ((values.length - head) % bands != 0) {
        throw new IllegalArgumentException(
            "%d values are not %d and frames of %d".formatted(values.length, head, bands));
      }
      for (int i = 0; i < head; i++) {
        add(i, values[i], (double) values[i] * values[i]);
      }
      for (int band = 0; band < bands; band++) {
        double sum = 0;
        double square = 0;
        for (int i = head + band; i < values.length; i += bands) {
          sum += values[i];
          square += (double) values[i] * values[i];
        }
        add(head + band, sum, square);
      }
      clips++;
      frames += (values.length - head) / bands;
      return this;
    }

    private void add(int column, double sum, double square) {
      if (!Double.isFinite(square)) {
        throw new IllegalArgumentException(
            "feature %d is not finite".formatted(column % (sums.length - head)));
      }
      sums[column].add(sum);
      squares[column].add(square);
    }

    /** Adds all that another has gathered. */
    public Fit merge(Fit other) {
      for (int column = 0; column < sums.length; column++) {
        sums[column].add(other.sums[column]);
        squares[column].add(other.squares[column]);
      }
      clips += other.clips;
      frames += other.frames;
      return this;
    }

    /**
     * The scaler.
     *
     * @throws IllegalStateException if nothing was added
     */
    public FeatureScaler scaler() {
      if (frames == 0) {
        throw new IllegalStateException("no rows to fit a scaler on");
      }
      Double[] mean = new Double[sums.length];
      Double[] deviation = new Double[sums.length];
      for (int column = 0; column < sums.length; column++) {
        long n = column < head ? clips : frames;
        BigDecimal sum = sums[column].value();
        BigDecimal exactMean = sum.divide(BigDecimal.valueOf(n), MathContext.DECIMAL128);
        BigDecimal spread = squares[column].value().subtract(sum.multiply(exactMean));
        mean[column] = exactMean.doubleValue();
        double of = Math.sqrt(Math.max(0, spread.doubleValue() / n));
        deviation[column] = of > CONSTANT * Math.abs(mean[column]) ? of : 1.0;
      }
      return new FeatureScaler(List.of(mean), List.of(deviation));
    }
  }
}
