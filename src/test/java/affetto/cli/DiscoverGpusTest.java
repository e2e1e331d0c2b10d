package affetto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.machine.FakeDriver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit/discover-gpus.sh} as Spark calls it, and Spark's own reading of what it says. */
class DiscoverGpusTest {

  private static final Path SCRIPT = Path.of("submit/discover-gpus.sh").toAbsolutePath();

  @TempDir private Path folder;

  private record Answer(int code, String out) {}

  private Answer discover() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(SCRIPT.toString()).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), out);
  }

  @Test
  void everyGpuIsAnAddress() throws Exception {
    FakeDriver.showing(folder, FakeDriver.A100, "1" + FakeDriver.H100.substring(1));
    Answer answer = discover();
    assertThat(answer.code()).isZero();
    ResourceInformation gpus = ResourceInformation.parseJson(answer.out());
    assertThat(gpus.name()).isEqualTo("gpu");
    assertThat(gpus.addresses()).containsExactly("0", "1");
  }

  @Test
  void aMachineWithoutGpusSaysSoByItsCode() throws Exception {
    FakeDriver.running(folder, "echo 'No devices were found'; exit 6\n");
    assertThat(discover()).isEqualTo(new Answer(1, ""));
    FakeDriver.running(folder, "echo 'something else'\n");
    assertThat(discover()).isEqualTo(new Answer(1, ""));
  }
}
