package affetto.bench;

import affetto.audio.AudioException;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Affetto's side of {@code src/bench/peer/features.py}: works through a list of files each time it
 * is told to on standard input, and answers with the seconds that took.
 *
 * <p>{@code recipe} and {@code logmel} answer with wall and processor seconds, of all threads;
 * {@code dump FILE} writes the recipe's rows and the log-mel matrices as little-endian floats, each
 * behind its length.
 */
public final class FeatureWorker {
  private FeatureWorker() {}

  public static void main(String[] arguments) throws IOException, AudioException {
    List<Path> files = Files.readAllLines(Path.of(arguments[0])).stream().map(Path::of).toList();
    RecipeRows rows = new RecipeRows();
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      long wall = System.nanoTime();
      long processor = processorNanos();
      if (line.startsWith("dump ")) {
        dump(rows, files, Path.of(line.substring(5)));
      } else {
        work(rows, files, line.equals("recipe"));
      }
      out.println((System.nanoTime() - wall) / 1e9 + " " + (processorNanos() - processor) / 1e9);
    }
  }

  private static void work(RecipeRows rows, List<Path> files, boolean recipe)
      throws IOException, AudioException {
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      if (recipe) {
        rows.recipe(bytes);
      } else {
        rows.logMel(bytes);
      }
    }
  }

  private static void dump(RecipeRows rows, List<Path> files, Path to)
      throws IOException, AudioException {
    try (var out = new DataOutputStream(Files.newOutputStream(to))) {
      for (Path file : files) {
        byte[] bytes = Files.readAllBytes(file);
        for (float[] row : rows.recipe(bytes)) {
          write(out, row);
        }
        write(out, rows.logMel(bytes));
      }
    }
  }

  private static void write(OutputStream out, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(values.length);
    for (float value : values) {
      bytes.putFloat(value);
    }
    out.write(bytes.array());
  }

  private static long processorNanos() {
    var system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    return system.getProcessCpuTime();
  }
}
