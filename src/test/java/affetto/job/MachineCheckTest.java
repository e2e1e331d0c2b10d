package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.machine.Finding;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

class MachineCheckTest {

  @Test
  void whatIsToWriteLeavesOutWhatSparkAddsToARunningSession() {
    String options = "spark.executor.extraJavaOptions";
    String sparks =
        "-Djava.net.preferIPv6Addresses=false " + JavaModuleOptions.defaultModuleOptions();
    SparkConf conf =
        new SparkConf(false)
            .set("spark.master", "yarn")
            .set("spark.executor.memoryOverhead", "2g")
            .set(
                options,
                sparks
                    + " -Dmine=1 -Dorg.bytedeco.javacpp.platform.extension=-onednn"
                    + " -Dorg.bytedeco.javacpp.maxbytes=1G"
                    + " -Dorg.bytedeco.javacpp.maxphysicalbytes=1G");
    assertThat(MachineCheck.findings(conf))
        .singleElement()
        .extracting(Finding::text)
        .asString()
        .endsWith(
            "--conf \""
                + options
                + "=-Dmine=1 -Dorg.bytedeco.javacpp.platform.extension=-onednn"
                + " -Dorg.bytedeco.javacpp.maxbytes=1G"
                + " -Dorg.bytedeco.javacpp.maxphysicalbytes=2560m\"");
  }
}
