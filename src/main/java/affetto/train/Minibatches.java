package affetto.train;

import affetto.model.InputArrays;
import affetto.model.InputSpec;
import affetto.model.NetworkSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Turns examples into what Deeplearning4j trains on.
 *
 * @param perturbed whether rows are changed on the way
 * @param perturbation that changes them
 */
record Minibatches(InputSpec input, int classes, boolean perturbed, Perturbation perturbation)
    implements Serializable {

  static Minibatches of(NetworkSpec network, TrainingSpec training) {
    return new Minibatches(
        network.input(),
        network.classes(),
        training.perturbed(),
        new Perturbation(network.input(), training.seed()));
  }

  /**
   * One minibatch as Deeplearning4j takes it.
   *
   * @param examples neighbours in the order of an epoch
   * @param epoch from 1
   * @param place of the first of them
   * @return features as {@link InputArrays}, labels [rows x classes]
   */
  MultiDataSet of(List<Example> examples, int epoch, int place) {
    return of(arrays(examples, epoch, place));
  }

  /** The same in plain arrays, which any thread may make. */
  Arrays arrays(List<Example> examples, int epoch, int place) {
    List<float[]> features = new ArrayList<>(examples.size());
    float[] labels = new float[examples.size() * classes];
    for (int i = 0; i < examples.size(); i++) {
      float[] clip = examples.get(i).values();
      features.add(perturbed ? perturbation.apply(clip, epoch, place + i) : input.fit(clip));
      System.arraycopy(examples.get(i).target(), 0, labels, i * classes, classes);
    }
    return new Arrays(features, labels);
  }

  /** Copies them to where the calling thread computes. */
  MultiDataSet of(Arrays arrays) {
    INDArray[] x = InputArrays.of(input, arrays.features());
    INDArray y = Nd4j.createFromArray(arrays.labels()).reshape('c', arrays.rows(), classes);
    return new MultiDataSet(x, new INDArray[] {y});
  }

  /**
   * A minibatch on its way.
   *
   * @param features of each row
   * @param labels row by row
   */
  @SuppressWarnings("ArrayRecordComponent") // made, handed over and read once
  record Arrays(List<float[]> features, float[] labels) {

    int rows() {
      return features.size();
    }
  }
}
