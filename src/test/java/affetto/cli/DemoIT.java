package affetto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.job.Sessions;
import affetto.notebook.ZeppelinNote;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small demo, twice in one workspace, and what its users do next. */
class DemoIT {

  @TempDir private Path workspace;

  private Outcome demo() {
    return Outcome.run(
        "demo",
        "--workspace",
        workspace.toString(),
        "--set",
        "demo.speakers=2",
        "--set",
        "demo.clips=8",
        "--set",
        "demo.epochs=1");
  }

  @Test
  void theWholePipelineRunsAndRunsAgain() throws IOException {
    Outcome first = demo();
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out()).contains("UAR", "chance 16.7 %", "demo:1", "a stranger");
    assertThat(first.err()).contains("== 1 of 6: synth", "== 6 of 6: score", "epoch 1/1");
    assertThat(workspace)
        .isDirectoryContaining("glob:**/{warehouse,store,corpora,strangers,scores}");
    JsonNode summary = new ObjectMapper().readTree(workspace.resolve("demo.json").toFile());
    assertThat(summary.get("uar").asDouble()).isBetween(0.0, 1.0);
    assertThat(summary.get("clips").asLong()).isEqualTo(2 * 8 * 4);
    assertThat(summary.get("rows").asLong()).isEqualTo(2 * 8 * 4 * 3);
    assertThat(summary.get("workers").asInt()).isEqualTo(2);
    assertThat(summary.get("seconds").fieldNames())
        .toIterable()
        .containsExactly("synth", "ingest", "sweep", "train", "evaluate", "score");

    Outcome second = demo();
    assertThat(second.code()).as(second.err()).isZero();
    assertThat(second.out()).contains("demo:2");
    assertThat(second.err()).contains("== 6 of 6: score");
    whatUsersDoNext();
    notesRunOnItsTables();
  }

  private void notesRunOnItsTables() throws IOException {
    SparkSession spark = Sessions.open("notes");
    for (Path file : ZeppelinNote.all()) {
      for (ZeppelinNote.Sql paragraph :
          ZeppelinNote.read(file).sql(workspace.resolve("warehouse").toString())) {
        Dataset<Row> result = null;
        for (String statement : paragraph.statements()) {
          result = spark.sql(statement);
          result.collectAsList();
        }
        // The demo has neither rejects nor duplicates, and its views return nothing.
        if (!List.of("Views over the tables", "Rejected files", "Copies of one recording")
            .contains(paragraph.title())) {
          assertThat(result.count()).as(paragraph.title()).isPositive();
        }
      }
    }
  }

  private void whatUsersDoNext() {
    String store = workspace.resolve("store").toString();
    String warehouse = workspace.resolve("warehouse").toString();
    assertThat(Outcome.run("models", "list", "--store", store).out()).contains("demo:1", "demo:2");
    assertThat(Outcome.run("models", "show", "--store", store, "--model", "demo").out())
        .contains("\"version\" : 2", "\"protocol\" : \"strict\"");
    Outcome unknown =
        Outcome.run("evaluate", "--warehouse", warehouse, "--store", store, "--model", "demo:9");
    assertThat(unknown.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(unknown.err()).startsWith("affetto: ").contains("demo:9").hasLineCount(1);
    Outcome misfit =
        Outcome.run(
            "train",
            "--warehouse",
            warehouse,
            "--store",
            store,
            "--feature-set",
            "recipe-162",
            "--network",
            "logmel-attention",
            "--protocol",
            "strict");
    assertThat(misfit.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(misfit.err().lines().filter(line -> line.startsWith("affetto: ")))
        .singleElement()
        .asString()
        .contains("logmel-attention", "recipe-162");
    assertThat(misfit.err()).doesNotContain("\tat ");
  }
}
