package affetto.model;

import java.util.Locale;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What this JVM takes of its machine, and what it may take at most, in bytes; 0 for no limit.
 *
 * @param heap taken
 * @param mostHeap at most
 * @param tensors taken outside the heap, as JavaCPP counts them
 * @param mostTensors at most
 * @param process resident, all in all
 * @param mostProcess at most, as JavaCPP enforces it
 * @param threads that one native operation may use
 */
public record NativeMemory(
    long heap,
    long mostHeap,
    long tensors,
    long mostTensors,
    long process,
    long mostProcess,
    int threads) {

  private static final long MIB = 1L << 20;

  /** As it is now; loads ND4J. */
  public static NativeMemory now() {
    Runtime java = Runtime.getRuntime();
    return new NativeMemory(
        java.totalMemory() - java.freeMemory(),
        java.maxMemory(),
        Pointer.totalBytes(),
        Pointer.maxBytes(),
        Pointer.physicalBytes(),
        Pointer.maxPhysicalBytes(),
        Nd4j.getEnvironment().maxThreads());
  }

  /** {@code heap 210 of 1024 MiB, tensors 12 of 1024 MiB, process 800 MiB of any, 2 threads}. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "heap %s, tensors outside it %s, whole process %s, threads for each worker %d",
        share(heap, mostHeap),
        share(tensors, mostTensors),
        share(process, mostProcess),
        threads);
  }

  private static String share(long taken, long most) {
    return most <= 0
        ? "%d MiB without limit".formatted(taken / MIB)
        : "%d of at most %d MiB".formatted(taken / MIB, most / MIB);
  }
}
