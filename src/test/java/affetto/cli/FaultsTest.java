package affetto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.fault.BadInputException;
import affetto.fault.RefusedException;
import java.io.EOFException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
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
