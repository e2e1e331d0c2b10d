package affetto.model;

import java.util.Locale;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * What this JVM takes of its machine, and what it may take at most, in bytes.
 *
 * <p>ND4J 1.0.0-M2.1 allocates its arrays where JavaCPP does not count them: its maxbytes is what
 * tensors are meant to take, and only its maxphysicalbytes stops those that take more.
 *
 * @param heap taken
 * @param mostHeap at most
 * @param tensors taken outside the heap, or on the GPU, as ND4J's library counts them
 * @param maxBytes of JavaCPP; 0 for no limit
 * @param process resident, all in all
 * @param maxPhysicalBytes of JavaCPP; 0 for no limit
 * @param threads that an operation of the calling thread may use
 */
public record NativeMemory(
    long heap,
    long mostHeap,
    long tensors,
    long maxBytes,
    long process,
    long maxPhysicalBytes,
    int threads) {

  private static final long MIB = 1L << 20;

  /** ND4J's name for memory of the host. */
  private static final int HOST = 0;

  /** As it is now; loads ND4J. */
  public static NativeMemory now() {
    Runtime java = Runtime.getRuntime();
    return new NativeMemory(
        java.totalMemory() - java.freeMemory(),
        java.maxMemory(),
        tensorsNow(),
        Pointer.maxBytes(),
        Pointer.physicalBytes(),
        Pointer.maxPhysicalBytes(),
        NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads());
  }

  private static long tensorsNow() {
    if (Backend.isCuda()) {
      NativeOps device = NativeOpsHolder.getInstance().getDeviceNativeOps();
      return device.getDeviceTotalMemory(0) - device.getDeviceFreeMemory(0);
    }
    return Nd4jCpu.Environment.getInstance().getGroupCounter(HOST);
  }

  /** All of it in a line. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "heap %d of %d MiB, tensors %d MiB (maxbytes %s), process %d MiB (maxphysicalbytes %s),"
            + " threads for each worker %d",
        heap / MIB,
        mostHeap / MIB,
        tensors / MIB,
        limit(maxBytes),
        process / MIB,
        limit(maxPhysicalBytes),
        threads);
  }

  private static String limit(long most) {
    return most <= 0 ? "not set" : most / MIB + " MiB";
  }
}
