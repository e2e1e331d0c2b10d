package affetto.job;

import affetto.evaluation.Role;
import affetto.fault.BadInputException;
import affetto.fault.RefusedException;
import affetto.store.ModelManifest;
import affetto.store.ModelStore;
import affetto.store.StoredModel;
import affetto.table.FeatureRow;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Lets a trained model into the store, or refuses and says by how much it is too bad.
 *
 * <p>Measured is the UAR on the test rows, where the protocol leaves none that on the validation
 * rows. The model to beat is scored on the very same rows, before training, so that whatever stands
 * in the way of an honest comparison stops the job at once; if it has a newer version when the
 * training ends, that one is to be beaten, too.
 */
final class PublishGate {
  private static final ModelManifest.Score NOBODY = new ModelManifest.Score(-1, 0, 0, 0);

  private final SafetySpec bars;
  private final String side;
  private final String rival;
  private final ModelManifest.Score toBeat;

  private PublishGate(SafetySpec bars, String side, String rival, ModelManifest.Score toBeat) {
    this.bars = bars;
    this.side = side;
    this.rival = rival;
    this.toBeat = toBeat;
  }

  /**
   * Puts the bars up.
   *
   * @throws BadInputException if there is no such model to beat, or the warehouse lacks its
   *     features
   * @throws RefusedException if there is no row to measure on, or the model to beat cannot be
   *     compared on these rows
   */
  static PublishGate of(
      SparkSession spark, TrainSpec spec, Division division, ModelStore store, Progress progress) {
    SafetySpec bars = spec.safety();
    Role role = division.census().rows(Role.TEST) > 0 ? Role.TEST : Role.VALIDATION;
    String side = role == Role.TEST ? Scoring.TEST : Scoring.VALIDATION;
    boolean stands = bars.minUar() > 0 || !bars.mustBeat().isEmpty();
    if (stands && division.census().rows(role) == 0) {
      throw new RefusedException(
          "there is neither a test nor a validation row to measure min-uar or must-beat on");
    }
    if (bars.mustBeat().isEmpty()) {
      return new PublishGate(bars, side, "", NOBODY);
    }
    StoredModel model = store.open(bars.mustBeat());
    String rival = model.manifest().reference();
    ModelManifest.Score toBeat;
    try {
      toBeat = score(spark, spec, division, role, model);
    } catch (RefusedException e) {
      throw new RefusedException(
          "must-beat %s cannot be compared on the %s rows: %s"
              .formatted(rival, side, e.getMessage()));
    }
    progress.say(
        "to beat: %s with UAR %s on the same %d %s rows"
            .formatted(rival, percent(toBeat.uar()), toBeat.rows(), side));
    return new PublishGate(bars, side, rival, toBeat);
  }

  /** Whether the model to beat is still the one that its name stands for. */
  boolean isOfToday(ModelStore store) {
    return rival.isEmpty() || store.manifest(bars.mustBeat()).reference().equals(rival);
  }

  private static ModelManifest.Score score(
      SparkSession spark, TrainSpec spec, Division division, Role role, StoredModel model) {
    ModelManifest manifest = model.manifest();
    if (!manifest.scheme().equals(spec.scheme().id())) {
      throw new RefusedException(
          "its classes are %s, these are %s".formatted(manifest.scheme(), spec.scheme().id()));
    }
    String features = ShippedModel.featureSet(manifest).id();
    Division same =
        features.equals(spec.featureSet())
            ? division
            : ofTheSameClips(division, Division.of(spark, spec.over(features)), role);
    same.overlap(role, Division.again(spark, manifest, spec.warehouse()))
        .enforce(division.protocol());
    JavaRDD<FeatureRow> none = JavaSparkContext.fromSparkContext(spark.sparkContext()).emptyRDD();
    return new Scoring(spark, ShippedModel.load(spark, model), spec.scheme())
        .score(none, same.rows(role))
        .get(Scoring.TEST);
  }

  /** The other division, if one of its sides has the very clips that this one's has. */
  private static Division ofTheSameClips(Division division, Division other, Role role) {
    long rows = division.census().rows(role);
    long shared = division.clips(role).intersection(other.clips(role)).count();
    long beyond = other.census().rows(role) - shared;
    if (shared < rows || beyond > 0) {
      throw new RefusedException(
          "of %d clips the warehouse holds %d with its features %s, and %d others"
              .formatted(rows, shared, other.featureSet().id(), beyond));
    }
    return other;
  }

  /**
   * Lets a model pass.
   *
   * @param scores as {@link Scoring} gives them
   * @param otherwise what is to become of a model that is refused, for the message
   * @throws RefusedException if it is too bad
   */
  void pass(Map<String, ModelManifest.Score> scores, String otherwise) {
    ModelManifest.Score score = scores.get(side);
    if (!reaches(bars.minUar(), scores)) {
      throw refusal(
          score,
          "%s below min-uar = %s"
              .formatted(points(bars.minUar() - score.uar()), percent(bars.minUar())),
          otherwise);
    }
    if (score != null && score.uar() <= toBeat.uar()) {
      throw refusal(
          score,
          "%s %s with %s on the same rows"
              .formatted(
                  score.uar() < toBeat.uar()
                      ? points(toBeat.uar() - score.uar()) + " below"
                      : "no better than",
                  rival,
                  percent(toBeat.uar())),
          otherwise);
    }
  }

  /** Whether a model with such scores is good enough, as far as there were rows to tell. */
  static boolean reaches(double minUar, Map<String, ModelManifest.Score> scores) {
    ModelManifest.Score score = scores.getOrDefault(Scoring.TEST, scores.get(Scoring.VALIDATION));
    return score == null || score.uar() >= minUar;
  }

  private RefusedException refusal(ModelManifest.Score score, String why, String otherwise) {
    return new RefusedException(
        "nothing is published: UAR %s on %d %s rows is %s; %s"
            .formatted(percent(score.uar()), score.rows(), side, why, otherwise));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String points(double share) {
    return String.format(Locale.ROOT, "%.2f points", 100 * share);
  }
}
