package affetto.bench;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;

/**
 * The convolutions of {@code logmel-attention} as Deeplearning4j's own layers: without
 * normalisation, and with a mean over time in place of attention, both of which are less work.
 */
final class StockNetwork {

  private StockNetwork() {}

  static ComputationGraph create() {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(1e-3)).list();
    layers.layer(convolution(16, 5, 3, 2, 1));
    layers.layer(convolution(32, 3, 3, 1, 2));
    layers.layer(convolution(64, 3, 3, 1, 1));
    layers.layer(pooling());
    layers.layer(convolution(96, 3, 3, 1, 1));
    layers.layer(pooling());
    layers.layer(convolution(128, 3, 3, 1, 1));
    layers.layer(convolution(128, 3, 3, 1, 1));
    layers.layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
    layers.layer(new DenseLayer.Builder().nOut(128).activation(Activation.RELU).build());
    layers.layer(new OutputLayer.Builder().nOut(8).activation(Activation.SOFTMAX).build());
    layers.setInputType(InputType.convolutional(208, 32, 2, CNN2DFormat.NHWC));
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    return network.toComputationGraph();
  }

  /** Two bands as the channels of one, as the first block of ours sees them. */
  static MultiDataSet folded(MultiDataSet batch) {
    INDArray input = batch.getFeatures(0);
    INDArray folded = input.reshape('c', input.size(0), input.size(1), input.size(2) / 2, 2);
    return new MultiDataSet(new INDArray[] {folded}, batch.getLabels());
  }

  private static ConvolutionLayer convolution(
      int filters, int height, int width, int step, int stepAcross) {
    return new ConvolutionLayer.Builder(height, width)
        .nOut(filters)
        .stride(step, stepAcross)
        .convolutionMode(ConvolutionMode.Same)
        .dataFormat(CNN2DFormat.NHWC)
        .activation(Activation.RELU)
        .build();
  }

  private static SubsamplingLayer pooling() {
    return new SubsamplingLayer.Builder(PoolingType.MAX)
        .kernelSize(2, 2)
        .stride(2, 2)
        .dataFormat(CNN2DFormat.NHWC)
        .build();
  }
}
