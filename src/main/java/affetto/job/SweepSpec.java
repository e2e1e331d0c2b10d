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
 */
public record SweepSpec(
    String warehouse, String featureSet, List<Augmentation> augmentations, long seed)
    implements Serializable {

  public SweepSpec {
    augmentations = List.copyOf(augmentations);
  }
}
