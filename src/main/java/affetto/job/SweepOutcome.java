package affetto.job;

import affetto.augment.Augmentation;
import affetto.table.FeatureFolder;
import affetto.table.FeatureFolders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.roaringbitmap.RoaringBitmap;

/** Counts what came of a plan, without reading the tables again. */
final class SweepOutcome {

  private final SweepPlan plan;
  private final WantedClips wanted;
  private final FeatureFolders folders;

  /**
   * @param folders as they lie by now
   */
  SweepOutcome(SweepPlan plan, FeatureFolders folders) {
    this.plan = plan;
    this.wanted = plan.wanted().value();
    this.folders = folders;
  }

  /**
   * The result.
   *
   * @param rejected clips that have no features by now, by augmentation
   */
  SweepResult result(String featureSet, Map<String, Long> rejected, double seconds) {
    return new SweepResult(
        featureSet, counts(rejected), FileCount.of(standing()), superseded(), seconds);
  }

  private List<SweepResult.Count> counts(Map<String, Long> rejected) {
    RoaringBitmap missing = plan.missing();
    Map<String, Long> kept = wanted.count(plan.rows().clips());
    Map<String, Long> before = wanted.count(plan.rejects().clips());
    List<SweepResult.Count> counts = new ArrayList<>();
    wanted
        .count(missing)
        .forEach(
            (augmentation, clips) -> {
              long now = rejected.getOrDefault(augmentation, 0L);
              counts.add(
                  new SweepResult.Count(
                      augmentation,
                      clips - now,
                      kept.get(augmentation),
                      before.get(augmentation) + now));
            });
    return counts;
  }

  private List<FeatureFolder> standing() {
    return wanted.augmentations().stream().flatMap(this::standing).toList();
  }

  private Stream<FeatureFolder> standing(Augmentation augmentation) {
    return folders.standing(augmentation.id(), wanted.origin(augmentation)).stream();
  }

  private SweepResult.Superseded superseded() {
    List<FeatureFolder> others =
        wanted.augmentations().stream()
            .flatMap(
                augmentation -> {
                  List<FeatureFolder> own = standing(augmentation).toList();
                  return folders.all(augmentation.id()).stream()
                      .filter(folder -> !own.contains(folder) && !folder.files().isEmpty());
                })
            .toList();
    return new SweepResult.Superseded(
        plan.rows().stale().values().stream().mapToLong(rows -> rows).sum(),
        others.size(),
        others.stream().mapToLong(FeatureFolder::bytes).sum());
  }
}
