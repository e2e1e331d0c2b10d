package affetto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The command line without any Spark: help, exit codes, one-line errors. */
class MainTest {

  @TempDir private Path folder;

  static Stream<List<String>> commands() {
    return leaves(Main.commandLine(), List.of()).filter(path -> !path.equals(List.of("help")));
  }

  private static Stream<List<String>> leaves(CommandLine command, List<String> path) {
    if (command.getSubcommands().isEmpty()) {
      return Stream.of(path);
    }
    return command.getSubcommands().entrySet().stream()
        .flatMap(
            entry ->
                leaves(
                    entry.getValue(),
                    Stream.concat(path.stream(), Stream.of(entry.getKey())).toList()));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandsHelpHasAnExampleOfItselfThatParses(List<String> command) {
    Outcome help =
        Outcome.run(Stream.concat(command.stream(), Stream.of("--help")).toArray(String[]::new));
    assertThat(help.code()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).contains("--conf", "--set", "--debug");
    String example =
        help.out()
            .substring(help.out().indexOf("Example:") + "Example:".length())
            .replace("\\\n", " ")
            .strip();
    assertThat(example).startsWith("submit/affetto " + String.join(" ", command));
    String[] words = example.lines().findFirst().orElseThrow().replace("'", "").split("\\s+", -1);
    String[] arguments = Stream.of(words).skip(1).toArray(String[]::new);
    Main.commandLine().parseArgs(arguments);
  }

  @Test
  void theOverallHelpNamesEveryCommandAndTheExitCodes() {
    Outcome help = Outcome.run("--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains(Main.commandLine().getSubcommands().keySet());
    assertThat(help.out()).contains("0 done, 1 a fault of ours, 2 usage, 3 bad input, 4 refused");
  }

  static Stream<List<String>> misuses() {
    return Stream.of(
        List.of(),
        List.of("frobnicate"),
        List.of("synth"),
        List.of("synth", "--out"),
        List.of("synth", "--out", "x", "--speakers", "many"),
        List.of("synth", "--out", "x", "--no-such-option"),
        List.of("doctor", "--set", "no-equals-sign"));
  }

  @ParameterizedTest
  @MethodSource("misuses")
  void misuseIsOneLineAndCode2(List<String> arguments) {
    Outcome outcome = Outcome.run(arguments.toArray(String[]::new));
    assertThat(outcome.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("affetto: ").contains("--help").hasLineCount(1);
  }

  @Test
  void aBadKeyFileOrValueIsOneLineAndCode3() throws IOException {
    Path conf = Files.writeString(folder.resolve("my.conf"), "train { epoks = 3 }\n");
    String out = folder.resolve("out").toString();
    assertBadInput(
        Outcome.run("synth", "--out", out, "--conf", conf.toString()),
        conf + ":1: unknown key train.epoks; the nearest is train.epochs");
    assertBadInput(
        Outcome.run("synth", "--out", out, "--conf", folder.resolve("none.conf").toString()),
        folder.resolve("none.conf") + ": no such file, or it cannot be read");
    assertBadInput(
        Outcome.run("synth", "--out", out, "--speakers", "0"),
        "--speakers: demo.speakers = 0 is not from 1 to 91");
    assertBadInput(
        Outcome.run("synth", "--out", out, "--set", "demo.clips=0"),
        "--set: demo.clips = 0 is not from 1 to 280");
    assertThat(Path.of(out)).doesNotExist();
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Outcome outcome =
        Outcome.run("synth", "--out", file.toString(), "--speakers", "1", "--clips", "1");
    assertThat(outcome.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(outcome.err()).contains(file.toString()).hasLineCount(1);
  }

  private static void assertBadInput(Outcome outcome, String message) {
    assertThat(outcome.err()).isEqualTo("affetto: " + message + "\n");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.code()).isEqualTo(ExitCodes.BAD_INPUT);
  }

  @Test
  void synthWritesTheFourCorpora() {
    Path out = folder.resolve("speech");
    Outcome outcome =
        Outcome.run("synth", "--out", out.toString(), "--speakers", "1", "--clips", "1");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).startsWith("4 clips");
    assertThat(out).isDirectoryContaining("glob:**/{ravdess,cremad,savee,tess}");
  }
}
