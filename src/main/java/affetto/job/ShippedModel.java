package affetto.job;

import affetto.baseline.Baseline;
import affetto.fault.BadInputException;
import affetto.feature.FeatureSet;
import affetto.feature.FeatureSets;
import affetto.model.EmotionNetwork;
import affetto.model.NativeThreads;
import affetto.model.NetworkSpec;
import affetto.model.TrainedModel;
import affetto.store.ModelManifest;
import affetto.store.StoredModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import org.apache.commons.io.input.ClassLoaderObjectInputStream;
import org.apache.commons.lang3.SerializationUtils;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * A model on its way to the executors: sent to each once, built by each task for itself.
 *
 * @param bytes the model, serialized by the driver; as bytes, whatever serializer Spark is given
 * @param network whether it computes with ND4J, which need not be loaded otherwise
 */
record ShippedModel(Broadcast<byte[]> bytes, boolean network)
    implements Serializable, AutoCloseable {

  /**
   * Loads a stored model and ships it.
   *
   * @throws BadInputException if its files are not a model that this version of Affetto knows
   */
  static ShippedModel of(SparkSession spark, StoredModel stored) {
    return of(spark, load(spark, stored));
  }

  static ShippedModel of(SparkSession spark, TrainedModel model) {
    byte[] bytes = SerializationUtils.serialize(model);
    return new ShippedModel(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(bytes),
        model.classifier() instanceof EmotionNetwork);
  }

  /**
   * Loads a stored model, whatever classifies in it.
   *
   * @throws BadInputException if its files are not a model that this version of Affetto knows
   */
  static TrainedModel load(SparkSession spark, StoredModel stored) {
    NetworkSpec spec = stored.manifest().network();
    return Baseline.named(spec.id())
        .map(baseline -> stored.model(folder -> baseline.read(spark, folder, spec.input())))
        .orElseGet(stored::model);
  }

  /** A model of the calling task's own, using no more native threads than the task has cores. */
  TrainedModel build() {
    TaskContext task = TaskContext.get();
    if (network) {
      NativeThreads.limit(task == null ? 1 : Math.max(1, task.cpus()));
    }
    return read(bytes.value());
  }

  /**
   * Reads with the loader of our own classes: on an executor that is the one with the job's jar,
   * which the loader of Spark's own libraries does not know.
   */
  static TrainedModel read(byte[] bytes) {
    ClassLoader ours = TrainedModel.class.getClassLoader();
    try (ObjectInputStream in =
        new ClassLoaderObjectInputStream(ours, new ByteArrayInputStream(bytes))) {
      return (TrainedModel) in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException("what the driver has written cannot be read", e);
    }
  }

  /**
   * The feature set that a model wants.
   *
   * @throws BadInputException if this release computes it differently than the model has learnt it
   */
  static FeatureSet featureSet(ModelManifest manifest) {
    FeatureSet set = FeatureSets.named(manifest.featureSet().id());
    if (!set.version().equals(manifest.featureSet().version())) {
      throw new BadInputException(
          "model %s wants feature set %s in version %s, but this release computes version %s"
              .formatted(
                  manifest.reference(), set.id(), manifest.featureSet().version(), set.version()));
    }
    return set;
  }

  @Override
  public void close() {
    bytes.destroy();
  }
}
