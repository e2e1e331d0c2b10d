package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A file of make_goldens.py: matrices by name. */
public final class Golden {
  private final Map<String, double[][]> matrices = new HashMap<>();

  private Golden(String name) {
    String resource = "/affetto/golden/" + name + ".txt";
    try (var in = Golden.class.getResourceAsStream(resource);
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] nameAndShape = line.split(" ", -1);
        double[][] matrix = new double[Integer.parseInt(nameAndShape[1])][];
        for (int i = 0; i < matrix.length; i++) {
          String[] row = lines.readLine().split(" ", -1);
          matrix[i] = Arrays.stream(row).mapToDouble(Double::parseDouble).toArray();
        }
        matrices.put(nameAndShape[0], matrix);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What librosa makes of a sound. */
  public static Golden of(GoldenSound sound) {
    return new Golden("sounds/" + sound.name().toLowerCase(Locale.ROOT));
  }

  /** What librosa makes of a recording at 16 kHz. */
  public static Golden ofRecording() {
    return new Golden("recording");
  }

  /** Librosa's filters. */
  static Golden ofFilters() {
    return new Golden("filters");
  }

  /** A matrix, row by row. */
  public double[][] matrix(String name) {
    assertThat(matrices).containsKey(name);
    return matrices.get(name);
  }

  /** The only row of a matrix. */
  public double[] row(String name) {
    assertThat(matrix(name)).hasNumberOfRows(1);
    return matrix(name)[0];
  }

  /** The only value of a matrix. */
  public double value(String name) {
    assertThat(row(name)).hasSize(1);
    return row(name)[0];
  }

  /**
   * Holds values to golden ones.
   *
   * @param relative bound of the difference, relative to the golden value
   * @param floor smaller golden values count as this; 0 for none
   */
  public static void hold(double[] actual, double[] golden, double relative, double floor) {
    assertThat(actual).hasSameSizeAs(golden);
    for (int i = 0; i < golden.length; i++) {
      double bound = relative * Math.max(floor, Math.abs(golden[i]));
      assertThat(actual[i]).as("value %d", i).isCloseTo(golden[i], within(bound));
    }
  }

  /** Root mean square of a changed sound's differences from librosa's. */
  public double soundError(String name, double[] actual) {
    assertThat(actual).as(name).hasSize((int) value(name + "_length"));
    double[] places = matrix(name)[0];
    double[] differences = matrix(name)[1].clone();
    for (int i = 0; i < places.length; i++) {
      differences[i] -= actual[(int) places[i]];
    }
    return rms(name, differences);
  }

  /** Root mean square of librosa's changed sound. */
  public double soundLevel(String name) {
    return rms(name, matrix(name)[1]);
  }

  /** Over the samples that were picked, each of which stands for others. */
  private double rms(String name, double[] picked) {
    double[] standsFor = matrix(name)[2];
    double squares = 0;
    for (int i = 0; i < picked.length; i++) {
      squares += standsFor[i] * picked[i] * picked[i];
    }
    return Math.sqrt(squares / Arrays.stream(standsFor).sum());
  }

  /** In double precision. */
  public static double[] toDoubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
