package affetto.machine;

import static affetto.machine.Surroundings.conf;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which settings make threads trample each other, and what to write instead. */
public final class ThreadRules {

  private static final String OPEN_MP = "spark.executorEnv.OMP_NUM_THREADS";
  private static final Pattern LOCAL_TASKS = Pattern.compile("local\\[(\\d{1,6})(?:,.*)?]");

  private ThreadRules() {}

  /** What is wrong; empty where nothing is, or where it cannot be known. */
  public static List<Finding> judge(Surroundings around) {
    List<Finding> findings = new ArrayList<>();
    int cores = around.number("spark.executor.cores", 0);
    int openMp = around.number(OPEN_MP, 0);
    if (!around.local() && cores > 0) {
      int slots = Math.max(1, cores / around.number("spark.task.cpus", 1));
      if ((long) openMp * slots > cores) {
        findings.add(
            Finding.refuse(
                "%d tasks side by side, each with %d threads (%s), trample each other on an"
                        .formatted(slots, openMp, OPEN_MP)
                    + " executor's %d cores. Write: %s"
                        .formatted(
                            cores, conf(OPEN_MP, String.valueOf(Math.max(1, cores / slots))))));
      }
    }
    Matcher tasks = LOCAL_TASKS.matcher(around.master());
    if (tasks.matches() && Integer.parseInt(tasks.group(1)) > around.processors()) {
      findings.add(
          Finding.mind(
              "%s runs more tasks side by side than there are processors. Better: --master local[%d]"
                  .formatted(around.master(), around.processors())));
    }
    return findings;
  }
}
