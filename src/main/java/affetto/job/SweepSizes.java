package affetto.job;

import java.io.Serializable;

/**
 * How large a sweep's portions are.
 *
 * @param fileBytes of a Parquet file, as far as an augmentation has so much
 * @param roundSeconds of computing that a run that is killed may lose
 */
public record SweepSizes(long fileBytes, double roundSeconds) implements Serializable {

  /** 128 MiB and ten minutes. */
  public static final SweepSizes DEFAULT = new SweepSizes(128L << 20, 600);

  /** How many files so many bytes make: none is smaller than two thirds of the size wanted. */
  int files(double bytes) {
    return (int) Math.max(1, Math.round(bytes / fileBytes));
  }
}
