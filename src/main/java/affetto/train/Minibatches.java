package affetto.train;

import affetto.model.InputSpec;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Turns examples into what Deeplearning4j trains on. */
final class Minibatches {

  private Minibatches() {}

  /** One minibatch: features [rows x frames x bands x 1], labels one-hot [rows x classes]. */
  static DataSet of(List<Example> examples, InputSpec input, int classes) {
    int size = input.size();
    float[] features = new float[examples.size() * size];
    float[] labels = new float[examples.size() * classes];
    for (int i = 0; i < examples.size(); i++) {
      System.arraycopy(examples.get(i).values(), 0, features, i * size, size);
      labels[i * classes + examples.get(i).label()] = 1;
    }
    INDArray x =
        Nd4j.createFromArray(features)
            .reshape('c', examples.size(), input.frames(), input.bands(), 1);
    INDArray y = Nd4j.createFromArray(labels).reshape('c', examples.size(), classes);
    return new DataSet(x, y);
  }
}
