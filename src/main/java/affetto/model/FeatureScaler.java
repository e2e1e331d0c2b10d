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
 * <p>Fitted on training rows only. A band that never changes is only centred.
 *
 * @param mean of each band
 * @param deviation of each band, above 0
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
   * Scales a clip.
   *
   * @return a new matrix of the same shape
   * @throws IllegalArgumentException if the clip has another number of bands
   */
  public FeatureMatrix scale(FeatureMatrix clip) {
    int bands = mean.size();
    if (clip.bands() != bands) {
      throw new IllegalArgumentException(
          "the scaler has %d features, the clip %d".formatted(bands, clip.bands()));
    }
    float[] values = clip.values();
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = (float) ((values[i] - mean.get(i % bands)) / deviation.get(i % bands));
    }
    return new FeatureMatrix(scaled, clip.frames(), bands);
  }

  /**
   * Gathers what a scaler is made of. Sums are exact: however the rows are parted, ordered and
   * merged, the scaler is the same to the last bit.
   */
  public static final class Fit implements Serializable {
    private static final long serialVersionUID = 1L;
    private final ExactSum[] sums;
    private final ExactSum[] squares;
    private long frames;

    public Fit(int bands) {
      sums = Stream.generate(ExactSum::new).limit(bands).toArray(ExactSum[]::new);
      squares = Stream.generate(ExactSum::new).limit(bands).toArray(ExactSum[]::new);
    }

    /**
     * Adds a clip, as {@link InputSpec#centre} gives it.
     *
     * @throws IllegalArgumentException if it has another number of bands or a value that is not
     *     finite
     */
    public Fit add(FeatureMatrix clip) {
      if (clip.bands() != sums.length) {
        throw new IllegalArgumentException(
            "expected %d features, the clip has %d".formatted(sums.length, clip.bands()));
      }
      float[] values = clip.values();
      for (int band = 0; band < sums.length; band++) {
        double sum = 0;
        double square = 0;
        for (int i = band; i < values.length; i += sums.length) {
          sum += values[i];
          square += (double) values[i] * values[i];
        }
        if (!Double.isFinite(square)) {
          throw new IllegalArgumentException("feature %d is not finite".formatted(band));
        }
        sums[band].add(sum);
        squares[band].add(square);
      }
      frames += clip.frames();
      return this;
    }

    /** Adds all that another has gathered. */
    public Fit merge(Fit other) {
      for (int band = 0; band < sums.length; band++) {
        sums[band].add(other.sums[band]);
        squares[band].add(other.squares[band]);
      }
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
      BigDecimal n = BigDecimal.valueOf(frames);
      for (int band = 0; band < sums.length; band++) {
        BigDecimal sum = sums[band].value();
        BigDecimal exactMean = sum.divide(n, MathContext.DECIMAL128);
        BigDecimal spread = squares[band].value().subtract(sum.multiply(exactMean));
        mean[band] = exactMean.doubleValue();
        double of = Math.sqrt(Math.max(0, spread.doubleValue() / frames));
        deviation[band] = of > CONSTANT * Math.abs(mean[band]) ? of : 1.0;
      }
      return new FeatureScaler(List.of(mean), List.of(deviation));
    }
  }
}
