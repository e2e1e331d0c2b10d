package affetto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.fault.BadInputException;
import affetto.fault.RefusedException;
import affetto.job.FoldsResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several trainings in one command, as far as it goes without Spark. */
class TrainCommandTest {

  private static int code(StringWriter said, Throwable... faults) {
    List<FoldsResult.Failed> failed =
        Stream.of(faults).map(fault -> new FoldsResult.Failed(3, 42, fault)).toList();
    return TrainCommand.code(failed, new PrintWriter(said, true), false);
  }

  @Test
  void theExitCodeTellsOfTheWorstFailure() {
    StringWriter said = new StringWriter();
    assertThat(code(said)).isEqualTo(ExitCodes.DONE);
    assertThat(said.toString()).isEmpty();
    assertThat(code(said, new RefusedException("a leak"))).isEqualTo(ExitCodes.REFUSED);
    assertThat(code(said, new RefusedException("a leak"), new BadInputException("no rows")))
        .isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(code(said, new IllegalStateException("oh"), new RefusedException("a leak")))
        .isEqualTo(ExitCodes.OUR_FAULT);
    assertThat(said.toString().lines())
        .startsWith("affetto: fold 3, seed 42 failed:", "affetto: refused: a leak");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--fold 1 --folds all | either --fold or --folds",
        "--folds all --seed 1 --seeds 1,2 | either --seed or --seeds",
        "--seeds 1,2 | --seeds needs --folds",
        "--parallel 2 | --parallel is for --folds",
        "--folds all --parallel -1 | --parallel must be at least 1",
        "--folds 0,1 | was '0,1'",
        "--folds some | was 'some'",
      })
  void whatDoesNotGoTogetherIsAMistakeInTheCommandLine(String options, String message) {
    String[] command = ("train --warehouse w --store s " + options).split(" ", -1);
    Outcome outcome = Outcome.run(command);
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(ExitCodes.USAGE);
    assertThat(outcome.err()).contains(message).contains("affetto train --help");
  }
}
