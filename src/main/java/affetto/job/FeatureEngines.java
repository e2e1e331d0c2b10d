package affetto.job;

import affetto.dsp.Workbench;
import affetto.feature.FeatureExtractor;
import affetto.feature.FeatureSet;
import java.io.Serializable;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * An executor's engines for a feature set. Their tables are worth more than a few clips' time, so a
 * task takes up the engine that another has laid down. One instance per executor, if broadcast.
 */
final class FeatureEngines implements Serializable {
  private static final long serialVersionUID = 1L;

  private final FeatureSet featureSet;
  private final transient ConcurrentLinkedQueue<Engine> idle = new ConcurrentLinkedQueue<>();

  /**
   * What one thread computes clips with.
   *
   * @param bench that the extractor computes on, for augmentations too
   */
  record Engine(Workbench bench, FeatureExtractor extractor) {}

  /** None made yet. */
  FeatureEngines(FeatureSet featureSet) {
    this.featureSet = featureSet;
  }

  /** What they compute. */
  FeatureSet featureSet() {
    return featureSet;
  }

  /** An engine for as long as the task lasts. */
  Engine lend(TaskContext task) {
    Engine engine = Optional.ofNullable(idle.poll()).orElseGet(this::made);
    TaskCompletionListener layDown = over -> idle.add(engine);
    task.addTaskCompletionListener(layDown);
    return engine;
  }

  /** Engines don't travel. */
  private Object readResolve() {
    return new FeatureEngines(featureSet);
  }

  private Engine made() {
    Workbench bench = new Workbench();
    return new Engine(bench, featureSet.extractor(bench));
  }
}
