package affetto.job;

import affetto.fault.BadInputException;
import affetto.feature.FeatureSet;
import affetto.feature.FeatureSets;
import affetto.model.NativeThreads;
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
 * A stored model on its way to the executors: sent to each once, built by each task for itself.
 *
 * @param bytes the model's files; as bytes, because Kryo cannot read records
 */
record ShippedModel(Broadcast<byte[]> bytes) implements Serializable, AutoCloseable {

  static ShippedModel of(SparkSession spark, StoredModel model) {
    byte[] bytes = SerializationUtils.serialize(model);
    return new ShippedModel(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(bytes));
  }

  /** A model of the calling task's own, using no more native threads than the task has cores. */
  TrainedModel build() {
    TaskContext task = TaskContext.get();
    NativeThreads.limit(task == null ? 1 : Math.max(1, task.cpus()));
    return read(bytes.value()).model();
  }

  /**
   * Reads with the loader of our own classes: on an executor that is the one with the job's jar,
   * which the loader of Spark's own libraries does not know.
   */
  static StoredModel read(byte[] bytes) {
    ClassLoader ours = StoredModel.class.getClassLoader();
    try (ObjectInputStream in =
        new ClassLoaderObjectInputStream(ours, new ByteArrayInputStream(bytes))) {
      return (StoredModel) in.readObject();
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
