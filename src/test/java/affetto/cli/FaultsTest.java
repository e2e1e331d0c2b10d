package affetto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.fault.BadInputException;
import affetto.fault.RefusedException;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.List;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class FaultsTest {

  private final StringWriter printed = new StringWriter();

  private int report(Throwable fault, boolean debug) {
    return Faults.report(fault, new PrintWriter(printed), debug);
  }

  @Test
  void aUsersMistakeIsOneLine() {
    assertThat(report(new BadInputException("a.conf: no\n such file"), false)).isEqualTo(3);
    assertThat(printed.toString()).isEqualTo("affetto: a.conf: no such file\n");
  }

  @Test
  void aRefusalSaysSo() {
    assertThat(report(new RefusedException("speaker x on both sides"), false)).isEqualTo(4);
    assertThat(printed.toString()).isEqualTo("affetto: refused: speaker x on both sides\n");
  }

  @Test
  void theCauseInsideASparkTaskIsFound() {
    Throwable task = new IllegalStateException(new BadInputException("x.wav: 2"));
    assertThat(report(new SparkException("Job aborted", task), false)).isEqualTo(3);
    assertThat(printed.toString()).isEqualTo("affetto: x.wav: 2\n");
  }

  @Test
  void theCauseThatSparkOnlyQuotesIsFound() {
    String quoted =
        "Job aborted: Lost task 0.3 (executor 1): affetto.fault.RefusedException: a leak\n\tat x.Y";
    assertThat(report(new SparkException(quoted), false)).isEqualTo(4);
    assertThat(printed.toString()).isEqualTo("affetto: refused: a leak\n");
  }

  @Test
  void anUnreachableServerIsNotOurFault() {
    assertThat(report(new RuntimeException(new ConnectException("127.0.0.1:9")), false))
        .isEqualTo(3);
    assertThat(printed.toString()).isEqualTo("affetto: ConnectException: 127.0.0.1:9\n");
    Throwable end = new EOFException("End of File; destination host is: 127.0.0.1:9");
    assertThat(report(new RuntimeException(end.initCause(new EOFException())), false))
        .isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(report(new RuntimeException(new EOFException()), false))
        .isEqualTo(ExitCodes.OUR_FAULT);
  }

  @Test
  void anUnreachableServerIsFoundWhereSparkOnlyQuotesIt() {
    String quoted =
        "Lost task 0.3 (executor 1): org.apache.spark.SparkException: Task failed\n\tat x.Y.z\n"
            + "Caused by: java.net.ConnectException: Call to a:9 failed\n\tat x.Y.z(Y.java:1)";
    assertThat(report(new SparkException(quoted), false)).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(printed.toString())
        .isEqualTo("affetto: java.net.ConnectException: Call to a:9 failed\n");
    assertThat(report(new SparkException("executor 1: java.io.EOFException\n\tat x.Y"), false))
        .isEqualTo(ExitCodes.OUR_FAULT);
  }

  /** As Linux says it, and as Spark quotes YARN and Kubernetes. */
  @Test
  void aFullDiskAndTooLittleMemoryAreNotOurFault() {
    IOException full = new IOException("No space left on device");
    assertThat(report(new UncheckedIOException(full), false)).isEqualTo(ExitCodes.BAD_INPUT);
    String lost =
        "Job aborted due to stage failure: Task 1 in stage 3.0 failed 4 times, most recent failure:"
            + " Lost task 1.3 in stage 3.0 (TID 9) (host executor 2): ExecutorLostFailure (executor"
            + " 2 exited caused by one of the running tasks) Reason: ";
    for (String reason :
        List.of(
            "Container killed by YARN for exceeding physical memory limits. 6.1 GB of 6 GB physical"
                + " memory used. Consider boosting spark.executor.memoryOverhead.",
            "\nThe executor with id 2 exited with exit code 137(SIGKILL, possible container OOM).")) {
      assertThat(report(new SparkException(lost + reason + "\nDriver stacktrace:"), false))
          .isEqualTo(ExitCodes.BAD_INPUT);
    }
    assertThat(printed.toString())
        .contains("affetto: java.io.IOException: No space left on device\n")
        .contains("boosting spark.executor.memoryOverhead.\n")
        .contains("affetto: The executor with id 2 exited with exit code 137");
    assertThat(report(new SparkException(lost + "Command exited with code 134"), false))
        .isEqualTo(ExitCodes.OUR_FAULT);
  }

  @Test
  void ourFaultShowsItsStackTraceOnlyOnRequest() {
    Throwable fault = new RuntimeException("outer", new IllegalStateException("inner"));
    assertThat(report(fault, false)).isEqualTo(1);
    assertThat(printed.toString())
        .hasLineCount(1)
        .contains("IllegalStateException: inner")
        .contains("--debug");
    assertThat(report(fault, true)).isEqualTo(1);
    assertThat(printed.toString()).contains("at affetto.cli.FaultsTest");
  }
}
