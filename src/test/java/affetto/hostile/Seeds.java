package affetto.hostile;

import affetto.archive.Archives;
import affetto.audio.SoundSeeds;
import affetto.model.NetworkTarget;
import affetto.store.StoreTargets;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.Zip64Mode;

/**
 * What mutations begin with: well-formed inputs, and those that a fuzzer has found worth keeping.
 */
final class Seeds {

  private Seeds() {}

  static List<byte[]> of(String target) throws IOException {
    List<byte[]> seeds = new ArrayList<>(wellFormed(target));
    seeds.addAll(kept(target));
    return seeds;
  }

  private static List<byte[]> wellFormed(String target) throws IOException {
    return switch (target) {
      case "audio" -> SoundSeeds.all();
      case "names" ->
          texts(
              "file:/a b/Actor_12/03-01-05-01-02-01-12.wav",
              "AudioWAV/1001_DFA_ANG_XX.wav",
              "hdfs://h/DC.zip!/sa01.wav",
              "OAF_angry/OAF_b%61ck_angry.wav");
      case "zip" ->
          List.of(
              Archives.zip(files()),
              Archives.zip(files(), ZipEntry.STORED, Zip64Mode.Never),
              Archives.zip(files(), ZipEntry.DEFLATED, Zip64Mode.Always));
      case "tar" -> List.of(Archives.tar(files()));
      case "targz" -> List.of(Archives.gzip(Archives.tar(files())));
      case "settings" ->
          texts("train { epochs = 3, learning-rate = auto }\ningest.max-file-size = 1 MiB");
      case "sweep" -> configurations();
      case "folds" ->
          texts("{\"key\": 1, \"wav\": \"cremad/1001_DFA_ANG_XX.wav\", \"emo\": \"a\"}");
      case "network" -> List.of(NetworkTarget.seed());
      default -> List.of(StoreTargets.seed(target));
    };
  }

  private static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(
        "a/03-01-05-01-02-01-12.wav",
        "say the word back ".repeat(9).getBytes(StandardCharsets.UTF_8));
    files.put("b/" + "long/".repeat(30) + "name", new byte[40]);
    return files;
  }

  private static List<byte[]> configurations() throws IOException {
    List<byte[]> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("conf"))) {
      for (Path file : files.filter(path -> path.toString().contains("sweep-")).sorted().toList()) {
        all.add(Files.readAllBytes(file));
      }
    }
    return all;
  }

  private static List<byte[]> texts(String... texts) {
    return Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** Inputs in {@code src/test/resources/affetto/hostile/TARGET}. */
  static List<byte[]> kept(String target) throws IOException {
    URL folder = Seeds.class.getResource(target);
    List<byte[]> all = new ArrayList<>();
    if (folder == null) {
      return all;
    }
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      for (Path file : files.sorted().toList()) {
        all.add(Files.readAllBytes(file));
      }
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    return all;
  }
}
