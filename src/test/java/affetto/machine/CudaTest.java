package affetto.machine;

import static org.assertj.core.api.Assertions.assertThat;

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
    Cuda.show("2");
    assertThat(Cuda.shown()).contains("2");
    Path seen = folder.resolve("seen");
    String command = "echo $CUDA_DEVICE_ORDER $CUDA_VISIBLE_DEVICES > " + seen;
    assertThat(Function.getFunction("c", "system").invokeInt(new Object[] {command})).isZero();
    assertThat(Files.readString(seen)).isEqualTo("PCI_BUS_ID 2\n");
    Cuda.show(GpuChoice.NONE);
    assertThat(Cuda.shown()).contains("-1");
    assertThat(System.getenv("CUDA_VISIBLE_DEVICES")).isNull();
  }

  @Test
  void thisBuildHasNoCudaAndLoadsNone() {
    assertThat(Cuda.onClassPath()).isFalse();
    assertThat(Cuda.isLoaded()).isFalse();
  }
}
