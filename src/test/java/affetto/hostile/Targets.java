package affetto.hostile;

import affetto.archive.ArchiveTargets;
import affetto.audio.AudioDecoder;
import affetto.config.Settings;
import affetto.corpus.Corpus;
import affetto.corpus.UnparsableNameException;
import affetto.evaluation.EmoBoxFolds;
import affetto.hostile.Ordeal.Target;
import affetto.model.NetworkTarget;
import affetto.store.StoreTargets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Everything of Affetto's that reads what strangers may have written, and its bounds. */
public final class Targets {

  private static final long KIB = 1 << 10;
  private static final long MIB = 1 << 20;

  private Targets() {}

  public static List<Target> all() {
    List<Target> all = new ArrayList<>();
    all.add(new Target("audio", AudioDecoder::decode, Targets::audio, false));
    all.add(new Target("names", Targets::names, input -> MIB + 2 * KIB * input.length, false));
    all.addAll(ArchiveTargets.all());
    all.add(config("settings", Targets::settings));
    all.add(config("sweep", path -> Settings.defaults().specs().sweep("w", path)));
    all.add(new Target("folds", Targets::folds, input -> MIB + 2 * KIB * input.length, false));
    all.add(NetworkTarget.target());
    all.addAll(StoreTargets.all());
    return all;
  }

  public static Target named(String name) {
    return all().stream().filter(target -> target.name().equals(name)).findFirst().orElseThrow();
  }

  /**
   * Sixteen bytes for each of the file and 4 MiB. Where FLAC may be in it, also the 16 bytes of
   * each sample that it may unfold to: 65,535 for 9 bytes, at most 2^25.
   */
  private static long audio(byte[] input) {
    String head = new String(input, 0, Math.min(4, input.length), StandardCharsets.ISO_8859_1);
    boolean flac = head.startsWith("ID3") || head.equals("fLaC");
    long samples = flac ? Math.min(1 << 25, (1 + input.length / 9) * 65_535L) : 0;
    return 4 * MIB + 16L * input.length + 16 * samples + (flac ? 8 * MIB : 0);
  }

  private static void names(byte[] input) throws UnparsableNameException {
    String name = new String(input, StandardCharsets.UTF_8);
    UnparsableNameException last = null;
    for (Corpus corpus : Corpus.all()) {
      try {
        corpus.parse(name);
      } catch (UnparsableNameException e) {
        last = e;
      }
    }
    if (last != null) {
      throw last;
    }
  }

  private static void folds(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    new EmoBoxFolds()
        .add(new EmoBoxFolds.ListName("cremad", true, 1), "fold", text.lines().toList());
  }

  private static void settings(Path file) {
    Settings.defaults().with(List.of(file)).specs().train("w", "s");
  }

  private interface FileReader {
    void read(Path file);
  }

  private static Target config(String name, FileReader reader) {
    return new Target(
        name,
        input -> {
          Path file = write(input);
          try {
            reader.read(file);
          } finally {
            Files.delete(file);
          }
        },
        input -> 32 * MIB + 16 * KIB * input.length,
        false);
  }

  private static Path write(byte[] input) {
    try {
      return Files.write(Files.createTempFile("hostile", ".conf"), input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
