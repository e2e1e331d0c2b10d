package affetto.job;

import java.io.Serializable;
import java.util.List;

/**
 * Which trainings make up a cross-validation: each fold with each seed.
 *
 * @param folds from 1, each once; empty for all that the protocol makes
 * @param seeds each once; empty for the one of the settings
 * @param parallel trainings at the same time; 0 for as many as there are task slots for
 */
public record FoldsSpec(List<Integer> folds, List<Long> seeds, int parallel)
    implements Serializable {

  public FoldsSpec {
    folds = folds.stream().distinct().sorted().toList();
    seeds = seeds.stream().distinct().toList();
  }
}
