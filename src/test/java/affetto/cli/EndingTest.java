package affetto.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.spark.SparkUserAppException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndingTest {

  @TempDir private Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);

  private static Properties yarn() {
    Properties properties = new Properties();
    properties.setProperty("spark.master", "yarn");
    properties.setProperty("spark.submit.deployMode", "cluster");
    return properties;
  }

  @Test
  void yarnsDriverReturnsWhenAllIsDoneAndElseThrowsWhatCarriesItsCode() throws Exception {
    new Ending(yarn()).end(ExitCodes.DONE, err);
    assertThatThrownBy(() -> new Ending(yarn()).end(ExitCodes.REFUSED, err))
        .isInstanceOfSatisfying(
            SparkUserAppException.class, e -> assertThat(e.exitCode()).isEqualTo(4));
  }

  @Test
  void theCodeIsLeftWhereTheSubmitterLooks() throws Exception {
    Path file = folder.resolve("codes/1");
    Properties properties = yarn();
    properties.setProperty(Ending.FILE, file.toUri().toString());
    new Ending(properties).end(ExitCodes.DONE, err);
    assertThat(file).hasContent("0");
    Ending.write(folder.resolve("codes/2").toString(), 3, err);
    assertThat(folder.resolve("codes/2")).hasContent("3");
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void aCodeThatCannotBeLeftIsSaid() throws Exception {
    Path notAFolder = Files.writeString(folder.resolve("file"), "");
    Ending.write(notAFolder.resolve("1").toString(), 3, err);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .startsWith("affetto: exit code 3 cannot be written to " + notAFolder);
  }
}
