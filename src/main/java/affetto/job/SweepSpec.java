package affetto.job;

import affetto.augment.Augmentation;
import java.io.Serializable;
import java.util.List;

/**
 * What to compute.
 *
 * @param warehouse an ingested warehouse: a plain path or a URI
 * @param featureSet id of the feature set, {@code recipe-162}
 * @param augmentations in stable order, ids distinct
 * @param seed base of every clip's own seed
 * @param sizes of files and rounds
 */
public record SweepSpec(
    String warehouse,
    String featureSet,
    List<Augmentation> augmentations,
    long seed,
    SweepSizes sizes)
    implements Serializable {

  public SweepSpec {
    augmentations = List.copyOf(augmentations);
  }

  /** One with files and rounds of the usual size. */
  public SweepSpec(
      String warehouse, String featureSet, List<Augmentation> augmentations, long seed) {
    this(warehouse, featureSet, augmentations, seed, SweepSizes.DEFAULT);
  }

  /** The same with augmentations that are ready to be applied. */
  SweepSpec with(List<Augmentation> ready) {
    return new SweepSpec(warehouse, featureSet, ready, seed, sizes);
  }
}
