package affetto.table;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder with files of one augmentation's features: {@code augmentation=ID/commit=NAME}. Its rows
 * count once {@code _commit.json} lies in it, and from then on it never changes.
 *
 * @param augmentation its id
 * @param name {@code swept-000001-1a2b3c4d}: who made it, a number, the origin's id
 * @param commit what {@code _commit.json} says; empty while the folder is being filled
 * @param files of rows
 * @param modified when the youngest of its files was written, in ms since 1970
 */
public record FeatureFolder(
    String augmentation,
    String name,
    Optional<Commit> commit,
    List<DataFile> files,
    long modified) {

  private static final Pattern NAME =
      Pattern.compile("(swept|merged)-(\\d{6,9})-([0-9a-f]{8})(-[0-9a-f]+)?");

  /**
   * What makes a folder count.
   *
   * @param origin of all its rows
   * @param replaces names of the folders that no longer count, since their rows are here
   */
  public record Commit(Origin origin, List<String> replaces) {}

  /** A Parquet file. */
  public record DataFile(String path, long bytes) {}

  public FeatureFolder {
    files = List.copyOf(files);
  }

  /** The name of a folder that a sweep fills. */
  static String swept(int number, Origin origin) {
    return "swept-%06d-%s".formatted(number, origin.id());
  }

  /**
   * The name of a folder that gathers rows of others.
   *
   * @param writer hex digits that no other writer has
   */
  static String merged(int number, Origin origin, String writer) {
    return "merged-%06d-%s-%s".formatted(number, origin.id(), writer);
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Later ones have higher numbers. */
  public int number() {
    return Integer.parseInt(part(name, 2));
  }

  /** The number of the folder that its youngest rows came with. */
  int age() {
    return replaced().stream()
        .mapToInt(other -> Integer.parseInt(part(other, 2)))
        .max()
        .orElse(number());
  }

  /** Whether the rows of another are in this one now. */
  boolean replaces(FeatureFolder other) {
    return replaced().contains(other.name);
  }

  private List<String> replaced() {
    return commit.map(Commit::replaces).orElse(List.of());
  }

  /** Of all rows of one that is committed. */
  Origin origin() {
    return commit.orElseThrow().origin();
  }

  /** Whether this is a sweep's, of such an origin, and not finished. */
  boolean isUnfinished(Origin origin) {
    return commit.isEmpty() && part(name, 1).equals("swept") && part(name, 3).equals(origin.id());
  }

  /** Whether it counts, unless another has replaced it, for such an origin. */
  boolean isOf(Origin origin) {
    return commit.map(Commit::origin).filter(origin::equals).isPresent();
  }

  /** Bytes of all files. */
  public long bytes() {
    return files.stream().mapToLong(DataFile::bytes).sum();
  }

  private static String part(String name, int group) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalStateException(name + " is no folder's name");
    }
    return matcher.group(group);
  }
}
