package affetto.model;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What our layers share at run time. */
abstract class RunningLayer extends SameDiffLayer {
  private static final long serialVersionUID = 1L;

  RunningLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  /** Copies a parameter's gradient to where the updater looks for it, and names it. */
  final void put(Gradient gradients, String name, INDArray gradient) {
    INDArray view = gradTable.get(name);
    view.assign(gradient.reshape(view.shape()));
    gradients.gradientForVariable().put(name, view);
  }
}
