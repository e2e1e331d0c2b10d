package affetto.job;

import affetto.fault.RefusedException;
import affetto.machine.Cuda;
import affetto.machine.Finding;
import affetto.machine.GpuRules;
import affetto.machine.MemoryRules;
import affetto.machine.Surroundings;
import affetto.machine.ThreadRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** Whether the JVMs of a session, as they are set up, can train at all. */
public final class MachineCheck {

  private MachineCheck() {}

  /** What is wrong with the settings of memory, threads and GPUs. */
  public static List<Finding> findings(SparkConf conf) {
    Map<String, String> settings = new HashMap<>();
    for (Tuple2<String, String> setting : conf.getAll()) {
      settings.put(setting._1, withoutSparksOwn(setting._2));
    }
    Surroundings around = Surroundings.here(settings);
    List<Finding> findings = new ArrayList<>(MemoryRules.judge(around));
    findings.addAll(ThreadRules.judge(around));
    findings.addAll(GpuRules.judge(around, Cuda.onClassPath()));
    return findings;
  }

  /** A running session has added what Spark itself wants of a JVM, which no user has to write. */
  private static String withoutSparksOwn(String setting) {
    return setting
        .replace(JavaModuleOptions.defaultModuleOptions(), "")
        .replace("-Djava.net.preferIPv6Addresses=false", "")
        .strip();
  }

  /**
   * Says what is worth a word.
   *
   * @throws RefusedException for settings that cannot work, with the lines to write instead
   */
  static void run(SparkSession spark, Progress progress) {
    List<Finding> findings = findings(spark.sparkContext().getConf());
    String refusals =
        findings.stream()
            .filter(Finding::refused)
            .map(Finding::text)
            .collect(Collectors.joining(". Also: "));
    if (!refusals.isEmpty()) {
      throw new RefusedException(refusals);
    }
    findings.forEach(finding -> progress.say(finding.text()));
  }
}
