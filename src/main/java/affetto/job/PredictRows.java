package affetto.job;

import affetto.corpus.Emotion;
import affetto.corpus.EmotionScheme;
import affetto.evaluation.Prediction;
import affetto.model.TrainedModel;
import affetto.table.FeatureRow;
import affetto.table.PredictionTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * Test rows to rows of {@link PredictionTable}.
 *
 * @param scheme maps labels to the model's classes
 */
record PredictRows(ShippedModel model, EmotionScheme scheme, String protocol, int fold)
    implements FlatMapFunction<Iterator<FeatureRow>, Row> {

  @Override
  public Iterator<Row> call(Iterator<FeatureRow> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    TrainedModel own = model.build();
    Iterable<List<FeatureRow>> batches = () -> new Batches<>(rows);
    return StreamSupport.stream(batches.spliterator(), false)
        .flatMap(batch -> predict(own, batch))
        .iterator();
  }

  private Stream<Row> predict(TrainedModel own, List<FeatureRow> batch) {
    double[][] posteriors = own.posteriors(batch.stream().map(FeatureRow::features).toList());
    List<Row> predicted = new ArrayList<>(batch.size());
    for (int i = 0; i < posteriors.length; i++) {
      FeatureRow row = batch.get(i);
      Emotion truth = own.classes().get(scheme.classOf(row.emotion()).orElseThrow());
      Emotion best =
          own.classes().get(TrainedModel.best(posteriors[i], scheme.possible(row.corpus())));
      predicted.add(
          PredictionTable.row(
              new Prediction(row.clip(), row.key(), truth, best, posteriors[i]),
              own.classes(),
              protocol,
              fold));
    }
    return predicted.stream();
  }
}
