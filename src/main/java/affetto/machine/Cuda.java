package affetto.machine;

import com.sun.jna.Function;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which GPU CUDA shows to this process.
 *
 * <p>The driver reads {@code CUDA_VISIBLE_DEVICES} once, when the first of its functions is called.
 * Java cannot change a running process's environment, but the C library can, and it is there that
 * the driver looks.
 */
public final class Cuda {

  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";
  private static final String ORDER = "CUDA_DEVICE_ORDER";
  private static final String BACKEND = "org.nd4j.linalg.jcublas.JCublasBackend";

  private Cuda() {}

  /** Whether this build can compute on GPUs at all. Loads nothing. */
  public static boolean onClassPath() {
    try {
      Class.forName(BACKEND, false, Cuda.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /**
   * Shows one GPU, or none, to CUDA, which must not have been used yet.
   *
   * @param devices an index in the order of the PCI bus, a UUID, or {@link GpuChoice#NONE}
   */
  public static void show(String devices) {
    set(ORDER, "PCI_BUS_ID");
    set(VISIBLE, devices);
  }

  /** What it shows; empty where nothing was said, which is everything. */
  public static Optional<String> shown() {
    return Optional.ofNullable(
        Function.getFunction("c", "getenv").invokeString(new Object[] {VISIBLE}, false));
  }

  /** Whether the driver's library is in this process, so that it is too late to choose. */
  public static boolean isLoaded() {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"), StandardCharsets.UTF_8)) {
      return maps.anyMatch(line -> line.contains("libcuda.so") || line.contains("libnd4jcuda"));
    } catch (IOException e) {
      return false;
    }
  }

  private static void set(String name, String value) {
    Object[] arguments = {name, value, 1};
    if (Function.getFunction("c", "setenv").invokeInt(arguments) != 0) {
      throw new IllegalStateException(
          "setenv %s=%s failed with %d".formatted(name, value, Native.getLastError()));
    }
  }
}
