package affetto.model;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** How many threads one native operation may use, lest workers side by side trample each other. */
public final class NativeThreads {

  private NativeThreads() {}

  /**
   * Limits the operations called from this thread; OpenMP counts by calling thread. ND4J's own
   * loops have one limit for the process, so tasks of one JVM should ask for the same number.
   *
   * @param threads at least 1
   */
  public static void limit(int threads) {
    Nd4j.getEnvironment().setMaxThreads(threads);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
  }
}
