package affetto.job;

import affetto.corpus.Emotion;
import affetto.corpus.EmotionScheme;
import affetto.evaluation.ConfusionMatrix;
import affetto.evaluation.Metrics;
import affetto.model.EmotionNetwork;
import affetto.model.FeatureScaler;
import affetto.model.InputSpec;
import affetto.model.NativeThreads;
import affetto.model.TrainedModel;
import affetto.store.ModelManifest;
import affetto.table.FeatureRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/** A freshly trained model's scores on the rows it did not learn from. */
final class Scoring {
  static final String VALIDATION = "validation";
  static final String TEST = "test";
  private static final String ALL = "";
  private static final int ROWS_AT_A_TIME = 64;

  private final JavaSparkContext spark;
  private final TrainedModel model;
  private final EmotionScheme scheme;

  Scoring(SparkSession spark, TrainedModel model, EmotionScheme scheme) {
    this.spark = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.model = model;
    this.scheme = scheme;
  }

  /** Scores by side, and of the test side by corpus: {@code test/ravdess}; empty sides left out. */
  Map<String, ModelManifest.Score> score(JavaRDD<FeatureRow> validation, JavaRDD<FeatureRow> test) {
    Map<String, ModelManifest.Score> scores = new TreeMap<>();
    Broadcast<byte[]> network = spark.broadcast(bytes(model.network()));
    try {
      put(scores, VALIDATION, count(network, validation).get(ALL));
      count(network, test).forEach((corpus, matrix) -> put(scores, TEST + corpus, matrix));
    } finally {
      network.destroy();
    }
    return scores;
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

  private static byte[] bytes(EmotionNetwork network) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      network.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Matrices by corpus, {@code /ravdess}, and of all together under {@link #ALL}. */
  private Map<String, ConfusionMatrix> count(Broadcast<byte[]> network, JavaRDD<FeatureRow> rows) {
    Scorer scorer =
        new Scorer(
            model.network().input(),
            model.scaler(),
            scheme,
            model.featureSet(),
            model.featureSetVersion());
    return rows.mapPartitions(part -> List.of(scorer.count(network.value(), part)).iterator())
        .fold(new TreeMap<>(), Scoring::merge);
  }

  private static Map<String, ConfusionMatrix> merge(
      Map<String, ConfusionMatrix> one, Map<String, ConfusionMatrix> other) {
    other.forEach((corpus, matrix) -> one.merge(corpus, matrix, ConfusionMatrix::merge));
    return one;
  }

  /** What a task needs besides the network's bytes. */
  private record Scorer(
      InputSpec input,
      FeatureScaler scaler,
      EmotionScheme scheme,
      String featureSet,
      String featureSetVersion)
      implements Serializable {

    Map<String, ConfusionMatrix> count(byte[] network, Iterator<FeatureRow> rows)
        throws IOException {
      Map<String, ConfusionMatrix> matrices = new TreeMap<>();
      if (!rows.hasNext()) {
        return matrices;
      }
      NativeThreads.limit(1);
      TrainedModel model =
          new TrainedModel(
              EmotionNetwork.read(network, input),
              scaler,
              scheme.classes(),
              featureSet,
              featureSetVersion);
      while (rows.hasNext()) {
        List<FeatureRow> some = new ArrayList<>(ROWS_AT_A_TIME);
        while (rows.hasNext() && some.size() < ROWS_AT_A_TIME) {
          some.add(rows.next());
        }
        count(model, some, matrices);
      }
      return matrices;
    }

    private void count(
        TrainedModel model, List<FeatureRow> rows, Map<String, ConfusionMatrix> matrices) {
      List<Emotion> classes = scheme.classes();
      double[][] posteriors = model.posteriors(rows.stream().map(FeatureRow::features).toList());
      for (int i = 0; i < posteriors.length; i++) {
        FeatureRow row = rows.get(i);
        Emotion truth = classes.get(scheme.classOf(row.emotion()).orElseThrow());
        Emotion predicted =
            classes.get(TrainedModel.best(posteriors[i], scheme.possible(row.key().corpus())));
        for (String group : List.of(ALL, "/" + row.key().corpus())) {
          matrices
              .computeIfAbsent(group, key -> new ConfusionMatrix(classes))
              .add(truth, predicted);
        }
      }
    }
  }
}
