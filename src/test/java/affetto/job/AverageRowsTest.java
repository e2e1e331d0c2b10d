package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import affetto.corpus.Emotion;
import affetto.corpus.EmotionScheme;
import affetto.table.PosteriorColumns;
import affetto.table.PredictionTable;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import scala.collection.JavaConverters;

class AverageRowsTest {
  private static final EmotionScheme SCHEME = EmotionScheme.EIGHT;

  private final AverageRows average = new AverageRows(SCHEME, SCHEME.classes(), 2, "strict", 1);

  private static Object posterior(double... values) {
    return JavaConverters.asScalaBuffer(DoubleStream.of(values).boxed().toList()).toSeq();
  }

  private static double of(Row row, Emotion emotion) {
    int at =
        List.of(PredictionTable.TABLE.fileSchema().fieldNames())
            .indexOf(PosteriorColumns.of(emotion).name());
    return row.getDouble(at);
  }

  /** CREMA-D has neither calm nor surprised, and a network is free to say anything of them. */
  @Test
  void eachModelSpeaksOnlyOfTheClassesThatTheCorpusHas() {
    Row row =
        average.call(
            RowFactory.create(
                "cremad-x",
                "cremad",
                "cremad-1001",
                "cremad-x",
                "clean",
                "sad",
                posterior(0.02, 0.9, 0, 0.06, 0.02, 0, 0, 0),
                posterior(0.1, 0, 0, 0.1, 0.7, 0, 0, 0.1)));
    // 0.2, 0.6 and 0.2 of what the first leaves; 1/9, 1/9 and 7/9 of the second.
    assertThat(of(row, Emotion.SAD)).isCloseTo((0.6 + 1 / 9.0) / 2, within(1e-12));
    assertThat(of(row, Emotion.ANGRY)).isCloseTo((0.2 + 7 / 9.0) / 2, within(1e-12));
    assertThat(of(row, Emotion.CALM)).isZero();
    assertThat(of(row, Emotion.SURPRISED)).isZero();
    assertThat(row.getString(6)).isEqualTo("angry");
    assertThat(row.getBoolean(7)).isFalse();
  }
}
