package affetto.table;

import affetto.table.FeatureFolder.Commit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The folders of one feature set's table as they lay when it was listed, and which of them count.
 *
 * <p>A folder counts if it has a commit, no other that counts has replaced it, and its origin is
 * the one that readers want: that of the augmentation's last commit. Whoever gathers rows that were
 * there before changes nothing of that, however late he commits.
 */
public final class FeatureFolders {

  private final Map<String, List<FeatureFolder>> byAugmentation = new TreeMap<>();

  /**
   * @param folders in any order
   */
  public FeatureFolders(List<FeatureFolder> folders) {
    folders.stream()
        .sorted(Comparator.comparingInt(FeatureFolder::number).thenComparing(FeatureFolder::name))
        .forEach(
            folder ->
                byAugmentation
                    .computeIfAbsent(folder.augmentation(), key -> new ArrayList<>())
                    .add(folder));
  }

  /** The ids of all augmentations that have a folder, sorted. */
  public List<String> augmentations() {
    return List.copyOf(byAugmentation.keySet());
  }

  /** All folders of an augmentation, oldest first. */
  public List<FeatureFolder> all(String augmentation) {
    return byAugmentation.getOrDefault(augmentation, List.of());
  }

  /** The folders of an augmentation that hold true rows of an origin, oldest first. */
  public List<FeatureFolder> standing(String augmentation, Origin origin) {
    Set<String> replaced = replaced(augmentation);
    return all(augmentation).stream()
        .filter(folder -> folder.isOf(origin) && !replaced.contains(folder.name()))
        .toList();
  }

  /** What a reader reads: of each augmentation the rows of its last origin of a version. */
  public List<FeatureFolder> readable(String version) {
    return augmentations().stream()
        .flatMap(
            augmentation ->
                current(augmentation, version).stream()
                    .flatMap(origin -> standing(augmentation, origin).stream()))
        .toList();
  }

  /** The origin of an augmentation's last commit of a version. */
  public Optional<Origin> current(String augmentation, String version) {
    return origins(augmentation)
        .filter(origin -> origin.version().equals(version))
        .reduce((earlier, later) -> later);
  }

  /** The origin of an augmentation's last commit. */
  public Optional<Origin> current(String augmentation) {
    return origins(augmentation).reduce((earlier, later) -> later);
  }

  private Stream<Origin> origins(String augmentation) {
    return committed(augmentation).stream().map(FeatureFolder::origin);
  }

  /** In the order in which their rows came, wherever these lie by now. */
  private List<FeatureFolder> committed(String augmentation) {
    return all(augmentation).stream()
        .filter(folder -> folder.commit().isPresent())
        .sorted(Comparator.comparingInt(FeatureFolder::age))
        .toList();
  }

  /** What a sweep that was cut short has left of an augmentation. */
  public List<FeatureFolder> unfinished(String augmentation, Origin origin) {
    Set<String> replaced = replaced(augmentation);
    return all(augmentation).stream()
        .filter(folder -> folder.isUnfinished(origin) && !replaced.contains(folder.name()))
        .toList();
  }

  /** A name for a folder that a sweep fills. */
  public String nextSwept(String augmentation, Origin origin) {
    return FeatureFolder.swept(next(augmentation), origin);
  }

  /** A name for a folder that gathers the rows of others. */
  public String nextMerged(String augmentation, Origin origin, String writer) {
    return FeatureFolder.merged(next(augmentation), origin, writer);
  }

  /**
   * The folders of an augmentation that do not count, oldest first, and since when: in ms since
   * 1970. Those that a sweep is filling are among them.
   */
  public Map<FeatureFolder, Long> superseded(String augmentation) {
    Set<FeatureFolder> standing =
        current(augmentation)
            .map(origin -> Set.copyOf(standing(augmentation, origin)))
            .orElse(Set.of());
    Map<FeatureFolder, Long> superseded = new LinkedHashMap<>();
    for (FeatureFolder folder : all(augmentation)) {
      if (!standing.contains(folder)) {
        superseded.put(folder, since(folder));
      }
    }
    return superseded;
  }

  /**
   * When its rows were elsewhere, or another origin's came, whichever was first; of what never
   * counted, when it was written.
   */
  private long since(FeatureFolder folder) {
    LongStream gathered =
        committed(folder.augmentation()).stream()
            .filter(other -> other.replaces(folder))
            .mapToLong(FeatureFolder::modified);
    return Math.max(
        folder.modified(),
        LongStream.concat(gathered, outdated(folder).stream()).min().orElse(folder.modified()));
  }

  /** When the first commit came after the last one of a folder's origin. */
  private OptionalLong outdated(FeatureFolder folder) {
    if (folder.commit().isEmpty()) {
      return OptionalLong.empty();
    }
    List<FeatureFolder> committed = committed(folder.augmentation());
    List<Origin> origins = committed.stream().map(FeatureFolder::origin).toList();
    return committed.stream()
        .skip(origins.lastIndexOf(folder.origin()) + 1L)
        .mapToLong(FeatureFolder::modified)
        .findFirst();
  }

  private int next(String augmentation) {
    return 1 + all(augmentation).stream().mapToInt(FeatureFolder::number).max().orElse(0);
  }

  /**
   * The folders whose rows are elsewhere by now. Of two that gathered the same rows, the earlier
   * one counts and the other is as good as replaced.
   */
  private Set<String> replaced(String augmentation) {
    Set<String> replaced = new HashSet<>();
    for (FeatureFolder folder : all(augmentation)) {
      List<String> names = folder.commit().map(Commit::replaces).orElse(List.of());
      if (names.stream().anyMatch(replaced::contains)) {
        replaced.add(folder.name());
      } else {
        replaced.addAll(names);
      }
    }
    return replaced;
  }
}
