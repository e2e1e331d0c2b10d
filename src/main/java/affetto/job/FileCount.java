package affetto.job;

import affetto.table.FeatureFolder;
import affetto.table.FeatureFolder.DataFile;
import java.util.List;
import java.util.Locale;

/**
 * Parquet files as they lie.
 *
 * @param files how many
 * @param bytes of all
 * @param medianBytes of one
 */
public record FileCount(long files, long bytes, long medianBytes) {

  private static final double MIB = 1 << 20;

  static FileCount of(List<FeatureFolder> folders) {
    long[] sizes =
        folders.stream()
            .flatMap(folder -> folder.files().stream())
            .mapToLong(DataFile::bytes)
            .sorted()
            .toArray();
    long sum = folders.stream().mapToLong(FeatureFolder::bytes).sum();
    return new FileCount(sizes.length, sum, sizes.length == 0 ? 0 : sizes[sizes.length / 2]);
  }

  /** {@code 12 files, 40.1 MiB, median 3.3 MiB}. */
  public String text() {
    return "%d files, %s, median %s".formatted(files, mib(bytes), mib(medianBytes));
  }

  static String mib(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", (double) bytes / MIB);
  }
}
