package affetto.job;

import affetto.corpus.Emotion;
import affetto.corpus.EmotionScheme;
import affetto.evaluation.Prediction;
import affetto.evaluation.RowKey;
import affetto.model.TrainedModel;
import affetto.table.PredictionTable;
import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;

/**
 * What several models say of a row, to one row of {@link PredictionTable}: the mean of their
 * posteriors, each among the classes that the row's corpus has, so that none counts for less
 * because it is less sure of the corpus.
 *
 * <p>In: clip, corpus, speaker, utterance, augmentation, truth, then each model's posterior.
 */
record AverageRows(
    EmotionScheme scheme, List<Emotion> classes, int models, String protocol, int fold)
    implements Function<Row, Row> {

  private static final int FIRST_ANSWER = 6;

  @Override
  public Row call(Row row) {
    String corpus = row.getString(1);
    boolean[] possible = scheme.possible(corpus);
    double[] mean = new double[classes.size()];
    for (int model = 0; model < models; model++) {
      List<Double> posterior = row.getList(FIRST_ANSWER + model);
      double among = 0;
      for (int c = 0; c < mean.length; c++) {
        among += possible[c] ? posterior.get(c) : 0;
      }
      for (int c = 0; c < mean.length; c++) {
        mean[c] += possible[c] ? posterior.get(c) / among / models : 0;
      }
    }
    RowKey key = new RowKey(corpus, row.getString(2), row.getString(3), "", row.getString(4));
    return PredictionTable.row(
        new Prediction(
            row.getString(0),
            key,
            Emotion.ofLabel(row.getString(5)),
            classes.get(TrainedModel.best(mean, possible)),
            mean),
        classes,
        protocol,
        fold);
  }
}
