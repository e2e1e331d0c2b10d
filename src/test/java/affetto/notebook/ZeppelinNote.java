package affetto.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A note as Zeppelin would run it: its SQL paragraphs with the text forms filled in.
 *
 * @param json the whole note
 */
public record ZeppelinNote(JsonNode json) {

  private static final Pattern FORM = Pattern.compile("\\$\\{(\\w+)=([^}]*)\\}");

  /** A paragraph that runs SQL. */
  public record Sql(String title, List<String> statements) {}

  /** The files of all notes that the project has. */
  public static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("notebooks-zeppelin"))) {
      return files.filter(file -> file.toString().endsWith(".zpln")).sorted().toList();
    }
  }

  public static ZeppelinNote read(Path file) throws IOException {
    return new ZeppelinNote(new ObjectMapper().readTree(file.toFile()));
  }

  /** The names of the forms that a user can fill in. */
  List<String> forms() {
    List<String> names = new ArrayList<>();
    Matcher matcher = FORM.matcher(json.toString());
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names.stream().distinct().toList();
  }

  /** All {@code %spark.sql} paragraphs in order, with every form set to one value. */
  public List<Sql> sql(String formValue) {
    List<Sql> paragraphs = new ArrayList<>();
    for (JsonNode paragraph : json.get("paragraphs")) {
      String text = paragraph.get("text").asText();
      if (text.startsWith("%spark.sql\n")) {
        String body = FORM.matcher(text.substring("%spark.sql\n".length())).replaceAll(formValue);
        List<String> statements =
            Arrays.stream(body.split(";", -1))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList();
        paragraphs.add(new Sql(paragraph.path("title").asText(), statements));
      }
    }
    return paragraphs;
  }
}
