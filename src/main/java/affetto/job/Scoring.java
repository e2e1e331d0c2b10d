package affetto.job;

import affetto.corpus.Emotion;
import affetto.corpus.EmotionScheme;
import affetto.evaluation.ConfusionMatrix;
import affetto.evaluation.Metrics;
import affetto.model.TrainedModel;
import affetto.store.ModelManifest;
import affetto.table.FeatureRow;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/** A freshly trained model's scores on the rows it did not learn from. */
final class Scoring {
  static final String VALIDATION = "validation";
  static final String TEST = "test";
  private static final String ALL = "";

  private final SparkSession spark;
  private final TrainedModel model;
  private final EmotionScheme scheme;

  Scoring(SparkSession spark, TrainedModel model, EmotionScheme scheme) {
    this.spark = spark;
    this.model = model;
    this.scheme = scheme;
  }

  /** Scores by side, and of the test side by corpus: {@code test/ravdess}; empty sides left out. */
  Map<String, ModelManifest.Score> score(JavaRDD<FeatureRow> validation, JavaRDD<FeatureRow> test) {
    Map<String, ModelManifest.Score> scores = new TreeMap<>();
    try (ShippedModel shipped = ShippedModel.of(spark, model)) {
      put(scores, VALIDATION, count(shipped, validation).get(ALL));
      count(shipped, test).forEach((corpus, matrix) -> put(scores, TEST + corpus, matrix));
    }
    return scores;
  }

  /** Mean recall over the classes that the rows have, of which there must be one. */
  double uar(JavaRDD<FeatureRow> rows) {
    try (ShippedModel shipped = ShippedModel.of(spark, model)) {
      return Metrics.of(count(shipped, rows).get(ALL)).uar();
    }
  }

  private static void put(
      Map<String, ModelManifest.Score> scores, String side, ConfusionMatrix matrix) {
    if (matrix != null) {
      Metrics metrics = Metrics.of(matrix);
      scores.put(
          side,
          new ModelManifest.Score(
              metrics.uar(), metrics.accuracy(), metrics.chance(), metrics.rows()));
    }
  }

  /** Matrices by corpus, {@code /ravdess}, and of all together under {@link #ALL}. */
  private Map<String, ConfusionMatrix> count(ShippedModel shipped, JavaRDD<FeatureRow> rows) {
    Scorer scorer = new Scorer(shipped, scheme);
    return rows.mapPartitions(part -> List.of(scorer.count(part)).iterator())
        .fold(new TreeMap<>(), Scoring::merge);
  }

  private static Map<String, ConfusionMatrix> merge(
      Map<String, ConfusionMatrix> one, Map<String, ConfusionMatrix> other) {
    other.forEach((corpus, matrix) -> one.merge(corpus, matrix, ConfusionMatrix::merge));
    return one;
  }

  /** What a task needs. */
  private record Scorer(ShippedModel shipped, EmotionScheme scheme) implements Serializable {

    Map<String, ConfusionMatrix> count(Iterator<FeatureRow> rows) {
      Map<String, ConfusionMatrix> matrices = new TreeMap<>();
      if (rows.hasNext()) {
        TrainedModel own = shipped.build();
        new Batches<>(rows).forEachRemaining(batch -> count(own, batch, matrices));
      }
      return matrices;
    }

    private void count(
        TrainedModel own, List<FeatureRow> rows, Map<String, ConfusionMatrix> matrices) {
      List<Emotion> classes = scheme.classes();
      double[][] posteriors = own.posteriors(rows.stream().map(FeatureRow::features).toList());
      for (int i = 0; i < posteriors.length; i++) {
        FeatureRow row = rows.get(i);
        Emotion truth = classes.get(scheme.classOf(row.emotion()).orElseThrow());
        Emotion predicted =
            classes.get(TrainedModel.best(posteriors[i], scheme.possible(row.corpus())));
        for (String group : List.of(ALL, "/" + row.corpus())) {
          matrices
              .computeIfAbsent(group, key -> new ConfusionMatrix(classes))
              .add(truth, predicted);
        }
      }
    }
  }
}
