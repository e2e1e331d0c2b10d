package affetto.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A driver with a heap of 2 GiB on a machine of 16 GiB and 4 processors, unless said otherwise. */
class MemoryRulesTest {

  private static final String JAVA_CPP = "-Dorg.bytedeco.javacpp.";
  private static final String OPTIONS = "spark.executor.extraJavaOptions";

  private final Map<String, String> spark = new TreeMap<>();
  private final Map<String, String> jvm = new TreeMap<>();

  private List<Finding> judge() {
    return MemoryRules.judge(new Surroundings(spark, jvm, 2L << 30, 16L << 30, 4));
  }

  private Finding only() {
    assertThat(judge()).hasSize(1);
    return judge().get(0);
  }

  /** As the submit script starts a training, which must pass on every kind of cluster. */
  private MemoryRulesTest bySubmitScript(String master) {
    spark.put("spark.master", master);
    spark.put("spark.executor.memory", "4g");
    spark.put("spark.executor.memoryOverhead", "1536m");
    spark.put(
        OPTIONS,
        JAVA_CPP
            + "platform.extension=-onednn "
            + JAVA_CPP
            + "maxbytes=1G "
            + JAVA_CPP
            + "maxphysicalbytes=5632m");
    jvm.put("org.bytedeco.javacpp.platform.extension", "-onednn");
    jvm.put("org.bytedeco.javacpp.maxbytes", "1G");
    jvm.put("org.bytedeco.javacpp.maxphysicalbytes", "0");
    return this;
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "local[2]", "local[*]", "spark://host:7077", "yarn", "k8s://x"})
  void whatTheSubmitScriptSetsWorksEverywhere(String master) {
    assertThat(bySubmitScript(master).judge()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "spark://host:7077"})
  void settingsThatNobodyTouchedWorkWhereNobodyCounts(String master) {
    spark.put("spark.master", master);
    assertThat(judge()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "spark://host:7077", "yarn", "k8s://x"})
  void tensorsOverTheOverheadAreRefusedWithTheOverheadToWrite(String master) {
    bySubmitScript(master).spark.put(OPTIONS, JAVA_CPP + "maxbytes=2G");
    jvm.remove("org.bytedeco.javacpp.platform.extension");
    assertThat(only().refused()).isTrue();
    assertThat(only().text())
        .startsWith("executor: tensors may take 2048 MiB outside the heap")
        .contains("spark.executor.memoryOverhead is 1536 MiB:")
        .endsWith("Write: --conf spark.executor.memoryOverhead=2560m");
  }

  /** Spark's default is a tenth of the heap and at least 384 MiB. */
  @ParameterizedTest
  @CsvSource({"1g, 384 MiB", "8g, 820 MiB", "4096, 410 MiB"})
  void anOverheadThatNobodySetCountsWhereTheClusterCounts(String heap, String overhead) {
    bySubmitScript("yarn").spark.remove("spark.executor.memoryOverhead");
    jvm.remove("org.bytedeco.javacpp.platform.extension");
    spark.put(OPTIONS, JAVA_CPP + "maxbytes=1G");
    spark.put("spark.executor.memory", heap);
    assertThat(only().refused()).isTrue();
    assertThat(only().text())
        .contains("spark.executor.memoryOverhead is %s by default".formatted(overhead));
    spark.put("spark.master", "spark://host:7077");
    assertThat(judge()).isEmpty();
  }

  @Test
  void aFactorMakesTheOverhead() {
    bySubmitScript("k8s://x").spark.remove("spark.executor.memoryOverhead");
    spark.put("spark.kubernetes.memoryOverheadFactor", "0.4");
    assertThat(judge()).isEmpty();
    spark.put("spark.executor.memoryOverheadFactor", "0.2");
    assertThat(only().text()).contains("is 820 MiB by default");
  }

  @Test
  void tensorsWithoutALimitOfTheirOwnAreAsLargeAsTheHeap() {
    spark.put("spark.master", "yarn");
    spark.put("spark.executor.memory", "4g");
    assertThat(only().refused()).isTrue();
    assertThat(only().text())
        .contains("tensors may take 4096 MiB", "is 410 MiB by default")
        .endsWith(
            "Write: --conf %s=%smaxbytes=1024m --conf spark.executor.memoryOverhead=1536m"
                .formatted(OPTIONS, JAVA_CPP));
  }

  @Test
  void tensorsWithoutAnyLimitNeedOneUnlessTheWholeProcessHasIt() {
    bySubmitScript("yarn").spark.put(OPTIONS, JAVA_CPP + "maxbytes=0");
    jvm.clear();
    assertThat(only().text()).contains("tensors may take what they like");
    spark.put(OPTIONS, JAVA_CPP + "maxbytes=0 " + JAVA_CPP + "maxphysicalbytes=5g");
    assertThat(judge()).isEmpty();
    spark.put(OPTIONS, JAVA_CPP + "maxbytes=0 " + JAVA_CPP + "maxphysicalbytes=8g");
    assertThat(only().refused()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "6g"})
  void aProcessThatTheClusterWouldKillBeforeJavaCppIsWorthAWord(String process) {
    bySubmitScript("yarn")
        .spark
        .put(
            OPTIONS,
            JAVA_CPP
                + "platform.extension=-onednn "
                + JAVA_CPP
                + "maxbytes=1G"
                + (process.isEmpty() ? "" : " " + JAVA_CPP + "maxphysicalbytes=" + process));
    assertThat(only().refused()).isFalse();
    assertThat(only().text()).endsWith(" " + JAVA_CPP + "maxphysicalbytes=5632m\"");
    spark.put("spark.master", "spark://host:7077");
    assertThat(judge()).isEmpty();
  }

  @Test
  void littleRoomBesidesTheTensorsIsWorthAWord() {
    bySubmitScript("yarn").spark.put("spark.executor.memoryOverhead", "1100m");
    assertThat(only().refused()).isFalse();
    assertThat(only().text()).endsWith("--conf spark.executor.memoryOverhead=1536m");
  }

  @Test
  void aWholeProcessUnderHeapAndTensorsIsRefusedWithAllOptionsToWrite() {
    bySubmitScript("spark://host:7077")
        .spark
        .put(
            OPTIONS,
            "-Dmine='a b' " + JAVA_CPP + "maxbytes=1G " + JAVA_CPP + "maxphysicalbytes=4G");
    jvm.remove("org.bytedeco.javacpp.platform.extension");
    assertThat(only().refused()).isTrue();
    assertThat(only().text())
        .contains("4096 MiB, under heap (4096 MiB) and tensors (1024 MiB)")
        .endsWith(
            "Write: --conf \"%s=-Dmine='a b' %smaxbytes=1G %smaxphysicalbytes=5632m\""
                .formatted(OPTIONS, JAVA_CPP, JAVA_CPP));
  }

  /** Exactly enough is enough. */
  @ParameterizedTest
  @CsvSource({"3071m, 1", "3g, 0", "0, 0", "150%, 0", "149%, 1"})
  void theDriversOwnLimitsAreJudgedAlike(String process, int findings) {
    jvm.put("org.bytedeco.javacpp.maxbytes", "1G");
    jvm.put("org.bytedeco.javacpp.maxphysicalbytes", process);
    assertThat(judge()).hasSize(findings).allMatch(Finding::refused);
    assertThat(judge())
        .allMatch(
            finding ->
                finding
                    .text()
                    .endsWith(
                        "--conf spark.driver.extraJavaOptions=%smaxphysicalbytes=3584m"
                            .formatted(JAVA_CPP)));
  }

  @Test
  void executorOptionsThatLostWhatTheDriverHasAreRefusedWithThoseOptions() {
    bySubmitScript("yarn").spark.put(OPTIONS, "-XX:+UseG1GC");
    assertThat(only().refused()).isTrue();
    assertThat(only().text())
        .contains("has overwritten the one with it")
        .endsWith(
            "Write a single one: --conf \"%s=-XX:+UseG1GC %splatform.extension=-onednn %smaxbytes=1G\""
                .formatted(OPTIONS, JAVA_CPP, JAVA_CPP));
    spark.put("spark.master", "local[2]");
    assertThat(judge()).isEmpty();
  }

  @Test
  void aRepeatedConfIsSeenOnTheCommandLine() {
    spark.put("spark.master", "spark://host:7077");
    spark.put(OPTIONS, "-Dmine=1");
    jvm.put(
        "sun.java.command",
        "org.apache.spark.deploy.SparkSubmit --conf %s=%smaxbytes=2G %smaxphysicalbytes=6G --conf"
                .formatted(OPTIONS, JAVA_CPP, JAVA_CPP)
            + " %s=-Dmine=1 --class affetto.cli.Main affetto.jar train".formatted(OPTIONS));
    assertThat(only().refused()).isTrue();
    assertThat(only().text())
        .endsWith(
            "--conf \"%s=-Dmine=1 %smaxbytes=2G %smaxphysicalbytes=6G\""
                .formatted(OPTIONS, JAVA_CPP, JAVA_CPP));
    jvm.put("sun.java.command", "org.apache.spark.deploy.SparkSubmit --conf " + OPTIONS + "=-D1");
    assertThat(judge()).isEmpty();
  }

  @Test
  void ofARepeatedPropertyTheLastCountsAndDefaultsComeFirst() {
    bySubmitScript("yarn").spark.put(OPTIONS, JAVA_CPP + "maxbytes=9G " + JAVA_CPP + "maxBytes=1G");
    spark.put(
        "spark.executor.defaultJavaOptions",
        JAVA_CPP + "platform.extension=-onednn " + JAVA_CPP + "maxphysicalbytes=5G");
    assertThat(judge()).isEmpty();
  }

  @Test
  void aDriverInAContainerNeedsRoomToo() {
    bySubmitScript("yarn").spark.put("spark.submit.deployMode", "cluster");
    itsDriverNeedsRoom();
    spark.remove("spark.driver.memoryOverhead");
    // In a pod, as Kubernetes' entry point starts it there.
    bySubmitScript("k8s://https://host").spark.put("spark.submit.deployMode", "client");
    spark.put("spark.kubernetes.submitInDriver", "true");
    itsDriverNeedsRoom();
  }

  private void itsDriverNeedsRoom() {
    assertThat(only().text())
        .startsWith("driver: tensors may take 1024 MiB")
        .endsWith("--conf spark.driver.memoryOverhead=1536m");
    spark.put("spark.driver.memoryOverhead", "2g");
    assertThat(judge()).isEmpty();
  }

  @Test
  void moreThanTheMachineHasIsWorthAWordWhereItIsTheOnlyOne() {
    jvm.put("org.bytedeco.javacpp.maxbytes", "15g");
    assertThat(only().refused()).isFalse();
    assertThat(only().text()).contains("than this machine has (16384 MiB)");
    spark.put("spark.master", "spark://host:7077");
    spark.put(OPTIONS, JAVA_CPP + "maxbytes=15g");
    assertThat(judge()).isEmpty();
  }

  @Test
  void whatIsNoAmountIsLeftToThoseWhoReadIt() {
    bySubmitScript("yarn").spark.put("spark.executor.memory", "lots");
    spark.put(OPTIONS, JAVA_CPP + "maxbytes=some");
    jvm.clear();
    assertThat(judge()).allMatch(finding -> !finding.refused());
  }
}
