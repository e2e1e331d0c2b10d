package affetto.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ZeppelinNoteTest {

  static List<Path> notes() throws IOException {
    return ZeppelinNote.all();
  }

  @ParameterizedTest
  @MethodSource("notes")
  void hasWhatZeppelinNeedsToImportIt(Path file) throws IOException {
    JsonNode note = ZeppelinNote.read(file).json();

    assertThat(note.get("name").asText()).isNotBlank();
    // Zeppelin keeps a note as NAME_ID.zpln.
    assertThat(file.getFileName().toString()).endsWith("_" + note.get("id").asText() + ".zpln");
    Set<String> ids = new HashSet<>();
    for (JsonNode paragraph : note.get("paragraphs")) {
      assertThat(paragraph.get("text").asText()).matches("(?s)%(md|spark\\.sql)\\n.+");
      assertThat(ids.add(paragraph.get("id").asText())).isTrue();
      assertThat(paragraph.has("results")).as("no results are kept in the repository").isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("notes")
  void asksForTheWarehouseAndNothingElse(Path file) throws IOException {
    assertThat(ZeppelinNote.read(file).forms()).containsExactly("warehouse");
  }

  @ParameterizedTest
  @MethodSource("notes")
  void chartsUseColumnsThatTheirSqlSelects(Path file) throws IOException {
    for (JsonNode paragraph : ZeppelinNote.read(file).json().get("paragraphs")) {
      for (String axis : List.of("keys", "values", "groups")) {
        for (JsonNode column : paragraph.at("/config/results/0/graph/" + axis)) {
          assertThat(paragraph.get("text").asText()).contains(column.get("name").asText());
        }
      }
    }
  }
}
