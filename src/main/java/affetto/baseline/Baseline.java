package affetto.baseline;

import affetto.fault.BadInputException;
import affetto.feature.FeatureSet;
import affetto.model.InputSpec;
import affetto.model.NetworkSpec;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.sql.SparkSession;

/** The baselines that users can name, in the place of a network. */
public enum Baseline {
  /** Multinomial logistic regression. */
  LOGISTIC("mllib-logistic"),
  /** A random forest. */
  FOREST("mllib-forest");

  private final String id;

  Baseline(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  public static List<String> ids() {
    return Arrays.stream(values()).map(Baseline::id).toList();
  }

  /** The baseline of an id; empty where the id is none of a baseline. */
  public static Optional<Baseline> named(String id) {
    return Arrays.stream(values()).filter(baseline -> baseline.id.equals(id)).findFirst();
  }

  /**
   * What a manifest keeps of it where it keeps a network's.
   *
   * @param features what it is trained on
   * @param classes how many
   * @param seed of all that is drawn
   * @throws BadInputException if the features are no scalars
   */
  public NetworkSpec network(FeatureSet features, int classes, long seed) {
    if (!features.scalar()) {
      throw new BadInputException(
          "network '%s' takes a vector of scalars, but feature set '%s' gives a matrix of frames"
                  .formatted(id, features.id())
              + " and bands; recipe-162, prosody and spectral give scalars");
    }
    InputSpec input = new InputSpec(1, features.names().size(), false);
    return new NetworkSpec(id, input, classes, null, 0, 0, 0, false, seed);
  }

  /** The settings to try one after the other, each with one strength of regularisation. */
  public List<BaselineSpec> choices(BaselineSpec spec) {
    return this == LOGISTIC ? spec.l2().stream().map(spec::withL2).toList() : List.of(spec);
  }

  /**
   * Reads, with MLlib's own reader, what {@link MllibClassifier#write} wrote. The reader takes no
   * other class than the one that it is for, and no serialized Java object; the types that Parquet
   * files name are looked at first.
   *
   * @param folder URI of the model's folder
   * @param input what it sees of a clip
   * @throws IOException if it is not there, or not in MLlib's format
   */
  public MllibClassifier read(SparkSession spark, String folder, InputSpec input)
      throws IOException {
    String path = MllibClassifier.path(folder);
    ParquetSchemas.check(spark.sparkContext().hadoopConfiguration(), path);
    return this == LOGISTIC
        ? new MllibClassifier(LogisticRegressionModel.read().session(spark).load(path), input)
        : new MllibClassifier(
            RandomForestClassificationModel.read().session(spark).load(path), input);
  }
}
