package affetto.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.jna.Function;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaTest {

  @TempDir private Path folder;

  /** A process that the C library starts inherits what its getenv sees, which Java's does not. */
  @Test
  void whatIsShownReachesTheCLibrary() throws Exception {
    String javas = System.getenv("CUDA_VISIBLE_DEVICES");
    Cuda.show("2");
    assertThat(Cuda.shown()).contains("2");
    Path seen = folder.resolve("seen");
    String command = "echo $CUDA_DEVICE_ORDER $CUDA_VISIBLE_DEVICES > " + seen;
    assertThat(Function.getFunction("c", "system").invokeInt(new Object[] {command})).isZero();
    assertThat(Files.readString(seen)).isEqualTo("PCI_BUS_ID 2\n");
    Cuda.show(GpuChoice.NONE);
    assertThat(Cuda.shown()).contains("-1");
    assertThat(System.getenv("CUDA_VISIBLE_DEVICES")).isEqualTo(javas);
  }

  @Test
  void noCudaIsLoadedBeforeSomebodyWantsIt() {
    assertThat(Cuda.isLoaded()).isFalse();
  }

  @Test
  void aBuildWithoutCudaKnowsThatItHasNone() {
    assumeThat(System.getProperty("java.class.path")).doesNotContain("nd4j-cuda");
    assertThat(Cuda.onClassPath()).isFalse();
  }
}
