package affetto.machine;

import static affetto.machine.Bytes.inMib;
import static affetto.machine.Bytes.option;
import static affetto.machine.Surroundings.conf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which settings of memory cannot work, and what to write instead.
 *
 * <p>Tensors lie outside the heap: {@code maxbytes} says how much they are meant to take (not set:
 * as much as the heap), {@code maxphysicalbytes} at how much of the whole process JavaCPP stops
 * them (0: never). YARN and Kubernetes kill a process that takes more than its heap and {@code
 * spark.executor.memoryOverhead}. All this is known before the first row is read.
 */
public final class MemoryRules {

  private static final String MAX_BYTES = "org.bytedeco.javacpp.maxbytes";
  private static final String MAX_PHYSICAL = "org.bytedeco.javacpp.maxphysicalbytes";
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

  /** What a JVM takes besides heap and tensors: classes, code, stacks, the network's buffers. */
  private static final long SLACK = 512 * Bytes.MIB;

  /** What tensors get where nobody says how much; and Spark's default of an executor's heap. */
  private static final long USUAL = 1024 * Bytes.MIB;

  /** Spark's own least overhead, and so the least to leave besides the tensors. */
  private static final long LEAST_OVERHEAD = 384 * Bytes.MIB;

  private static final Pattern TENSOR_PROPERTY =
      Pattern.compile("-D(org\\.bytedeco\\.javacpp\\.[\\w.]+)=([^\\s\"']+)");

  private final Surroundings around;
  private final List<Finding> findings = new ArrayList<>();

  private MemoryRules(Surroundings around) {
    this.around = around;
  }

  /** What is wrong with the settings of driver and executors; empty where nothing is. */
  public static List<Finding> judge(Surroundings around) {
    MemoryRules rules = new MemoryRules(around);
    rules.driver();
    rules.executors();
    return List.copyOf(rules.findings);
  }

  private void driver() {
    JvmMemory driver =
        JvmMemory.of("driver", around.heap(), ofDriver(MAX_BYTES), ofDriver(MAX_PHYSICAL));
    JavaOptions options = JavaOptions.of(around.setting("spark.driver.extraJavaOptions", ""));
    physical(driver, options);
    if (around.driverInContainer()) {
      overhead(driver, options);
    } else if (around.local() && driver.heap() + driver.tensors() > around.memory()) {
      mind(
          "heap (%s) and tensors (%s) may together take more than this machine has (%s)"
              .formatted(inMib(driver.heap()), inMib(driver.tensors()), inMib(around.memory())));
    }
  }

  private Optional<String> ofDriver(String property) {
    return Optional.ofNullable(around.jvm().get(property));
  }

  /** Where driver and executors are one JVM, an overhead that somebody set must still hold it. */
  private void executors() {
    JavaOptions own = JavaOptions.of(around.setting(EXECUTOR_OPTIONS, ""));
    JavaOptions all =
        JavaOptions.of(around.setting("spark.executor.defaultJavaOptions", "") + " " + own.line());
    Map<String, String> lost = around.local() ? Map.of() : lost(all);
    if (lost.containsKey(MAX_BYTES)) {
      refuse(
          "executors get no -D%s, so their tensors may take as much as their heap: the last %s"
                  .formatted(MAX_BYTES, EXECUTOR_OPTIONS)
              + " has overwritten the one with it. Write a single one: "
              + conf(EXECUTOR_OPTIONS, own.with(lost).line()));
      return;
    }
    Optional<String> tensors = all.property(MAX_BYTES);
    JvmMemory executor =
        JvmMemory.of(
            "executor",
            Bytes.ofSpark(around.setting("spark.executor.memory", "1g")).orElse(USUAL),
            around.local() ? tensors.or(() -> ofDriver(MAX_BYTES)) : tensors,
            all.property(MAX_PHYSICAL));
    physical(executor, own);
    if (around.containers() || around.spark().containsKey("spark.executor.memoryOverhead")) {
      overhead(executor, own);
    }
    if (around.containers() && findings.isEmpty()) {
      stopped(executor, own);
    }
  }

  /** Better than a killed process, which leaves no word, is a limit that says what it was. */
  private void stopped(JvmMemory executor, JavaOptions options) {
    long container = executor.heap() + overheadOf(executor);
    if (executor.process() == 0 || executor.process() > container) {
      JavaOptions limited = options.with(Map.of(MAX_PHYSICAL, option(container)));
      mind(
          "executor: nothing stops tensors before the cluster kills the process. Better: "
              + conf(EXECUTOR_OPTIONS, limited.line()));
    }
  }

  /** Properties that the driver or an overwritten option has and executors have not. */
  private Map<String, String> lost(JavaOptions executors) {
    Map<String, String> wanted = new LinkedHashMap<>();
    for (String name : List.of(OneDnn.EXTENSION, MAX_BYTES)) {
      ofDriver(name).ifPresent(value -> wanted.put(name, value));
    }
    String command = around.jvm().getOrDefault("sun.java.command", "");
    int first = command.indexOf(EXECUTOR_OPTIONS + "=");
    if (first >= 0 && command.lastIndexOf(EXECUTOR_OPTIONS + "=") > first) {
      Matcher property = TENSOR_PROPERTY.matcher(command).region(first, command.length());
      while (property.find()) {
        wanted.put(property.group(1), property.group(2));
      }
    }
    wanted.keySet().removeIf(name -> executors.property(name).isPresent());
    return wanted;
  }

  /** The limit of the whole process must leave room for heap and tensors. */
  private void physical(JvmMemory jvm, JavaOptions options) {
    if (jvm.process() > 0 && jvm.process() < jvm.heap() + jvm.tensors()) {
      long enough = jvm.heap() + (jvm.tensors() == 0 ? USUAL : jvm.tensors()) + SLACK;
      refuse(
          "%s: -D%s is %s, under heap (%s) and tensors (%s) together. Write: %s"
              .formatted(
                  jvm.role(),
                  MAX_PHYSICAL,
                  inMib(jvm.process()),
                  inMib(jvm.heap()),
                  jvm.tensorsInWords(),
                  conf(
                      jvm.key("extraJavaOptions"),
                      options.with(Map.of(MAX_PHYSICAL, option(enough))).line())));
    }
  }

  /** What the cluster leaves besides the heap must hold the tensors, and the JVM's own. */
  private void overhead(JvmMemory jvm, JavaOptions options) {
    long overhead = overheadOf(jvm);
    long tensors = jvm.mostTensors();
    if (tensors == 0 || tensors >= overhead) {
      refuse(
          "%s: tensors may take %s outside the heap (-D%s), but %s is %s%s: the cluster kills what"
                  .formatted(
                      jvm.role(),
                      jvm.tensorsInWords(),
                      MAX_BYTES,
                      jvm.key("memoryOverhead"),
                      inMib(overhead),
                      around.spark().containsKey(jvm.key("memoryOverhead")) ? "" : " by default")
              + " takes more. Write: "
              + moreOverhead(jvm, options));
    } else if (overhead - tensors < LEAST_OVERHEAD) {
      mind(
          "%s: tensors may take %s of the %s outside the heap, which leaves the JVM little. Better: "
                  .formatted(jvm.role(), inMib(tensors), inMib(overhead))
              + moreOverhead(jvm, options));
    }
  }

  /** With the limit of the tensors that somebody chose, or with a modest one. */
  private static String moreOverhead(JvmMemory jvm, JavaOptions options) {
    if (jvm.tensorsAreSet() && jvm.tensors() > 0) {
      return conf(jvm.key("memoryOverhead"), option(jvm.tensors() + SLACK));
    }
    JavaOptions limited = options.with(Map.of(MAX_BYTES, option(USUAL)));
    return conf(jvm.key("extraJavaOptions"), limited.line())
        + " "
        + conf(jvm.key("memoryOverhead"), option(USUAL + SLACK));
  }

  private long overheadOf(JvmMemory jvm) {
    OptionalLong explicit = Bytes.ofSpark(around.setting(jvm.key("memoryOverhead"), ""));
    if (explicit.isPresent()) {
      return explicit.getAsLong();
    }
    String kubernetes = around.setting("spark.kubernetes.memoryOverheadFactor", "");
    String factor = around.setting(jvm.key("memoryOverheadFactor"), kubernetes);
    double share = factor.matches("\\d*\\.?\\d+") ? Double.parseDouble(factor) : 0.1;
    return Math.max(LEAST_OVERHEAD, (long) (share * jvm.heap()));
  }

  private void refuse(String text) {
    findings.add(Finding.refuse(text));
  }

  private void mind(String text) {
    findings.add(Finding.mind(text));
  }
}
