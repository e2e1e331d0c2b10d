package affetto.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NativeMemoryTest {

  private static final long MIB = 1L << 20;

  /** The tests' JVMs have limits of 2 and 6 GiB. */
  @Test
  void whatIsTakenShows() {
    NativeThreads.limit(1);
    NativeMemory before = NativeMemory.now();
    INDArray large = Nd4j.ones(256, 1024, 1024 / 4);
    NativeMemory after = NativeMemory.now();
    assertThat(large.length()).isEqualTo(64 * MIB);
    assertThat(large.minNumber().floatValue()).isEqualTo(1);
    assertThat(large.maxNumber().floatValue()).isEqualTo(1);
    // Meanwhile arrays of earlier tests may have been given back.
    assertThat(after.tensors() - before.tensors()).isGreaterThanOrEqualTo(128 * MIB);
    assertThat(after.process()).isGreaterThan(after.tensors());
    assertThat(after.mostHeap()).isEqualTo(Runtime.getRuntime().maxMemory());
    assertThat(after.maxBytes()).isEqualTo(2048 * MIB);
    assertThat(after.maxPhysicalBytes()).isEqualTo(6144 * MIB);
    assertThat(after.threads()).isEqualTo(1);
  }

  @Test
  void aLineSaysItAll() {
    assertThat(new NativeMemory(210 * MIB, 1024 * MIB, 12 * MIB, 0, 800 * MIB, 0, 3).line())
        .isEqualTo(
            "heap 210 of 1024 MiB, tensors 12 MiB (maxbytes not set), process 800 MiB"
                + " (maxphysicalbytes not set), threads for each worker 3");
  }
}
