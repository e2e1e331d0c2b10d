package affetto.job;

import affetto.corpus.EmotionScheme;
import affetto.evaluation.Role;
import affetto.fault.BadInputException;
import affetto.model.InputSpec;
import affetto.table.FeatureRow;
import affetto.train.Survey;

/** The pass over the training rows that every training begins with, and over no other rows. */
final class TrainingSurvey {

  private TrainingSurvey() {}

  /**
   * Counts classes and fits the scaler.
   *
   * @throws BadInputException if a feature is not a finite number; names the clip
   */
  static Survey of(Division division, EmotionScheme scheme, InputSpec input) {
    return division
        .rows(Role.TRAIN)
        .aggregate(
            new Survey(scheme.classes().size(), input),
            (seen, row) -> add(seen, row, scheme),
            Survey::merge);
  }

  private static Survey add(Survey seen, FeatureRow row, EmotionScheme scheme) {
    try {
      return seen.add(row.corpus(), label(scheme, row), row.features());
    } catch (IllegalArgumentException e) {
      throw new BadInputException("clip %s: %s".formatted(row.clip(), e.getMessage()), e);
    }
  }

  /** The class of an admitted row, from 0. */
  static int label(EmotionScheme scheme, FeatureRow row) {
    return scheme.classOf(row.emotion()).orElseThrow();
  }
}
