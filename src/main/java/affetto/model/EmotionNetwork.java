package affetto.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network with its parameters. Not safe for several threads at once: {@link TrainedModel} is.
 *
 * <p>Rows are flat arrays of {@link InputSpec#size} values, already scaled and of the input's size.
 */
public final class EmotionNetwork implements Classifier {
  private static final long serialVersionUID = 1L;

  /** The file that a network is stored in. */
  public static final String FILE = "network.zip";

  /** Bounds the memory of inference, whatever the number of rows. */
  private static final int ROWS_AT_A_TIME = 256;

  private final InputSpec input;
  private final transient ComputationGraph graph;

  private EmotionNetwork(InputSpec input, ComputationGraph graph) {
    this.input = input;
    this.graph = graph;
  }

  /** A fresh network; its weights are a pure function of the spec. */
  public static EmotionNetwork create(NetworkSpec spec) {
    ComputationGraph graph = new ComputationGraph(Networks.configuration(spec));
    graph.init();
    return new EmotionNetwork(spec.input(), graph);
  }

  /**
   * Reads what {@link #write} wrote. The file may be anybody's: no serialized Java object is read,
   * and no class made that is not one of a network's ({@link KnownLayers}).
   *
   * @throws IOException if it is not a network in Deeplearning4j's format, or holds anything else
   */
  public static EmotionNetwork read(byte[] file, InputSpec input) throws IOException {
    NetworkFile read = NetworkFile.read(file);
    try {
      // Counts the parameters that the layers want before it makes room for any.
      INDArray parameters = Nd4j.createFromArray(read.parameters());
      return new EmotionNetwork(
          input,
          read.isGraph() ? graph(read.layers(), parameters) : sequence(read.layers(), parameters));
    } catch (RuntimeException e) {
      // Deeplearning4j's words are about its own past formats, and not about this file.
      throw new IOException("layers and parameters that make no network: " + e.getMessage(), e);
    }
  }

  private static ComputationGraph graph(String json, INDArray parameters) {
    ComputationGraphConfiguration configuration = ComputationGraphConfiguration.fromJson(json);
    for (GraphVertex vertex : configuration.getVertices().values()) {
      if (vertex instanceof LayerVertex layer) {
        checkShapes(layer.getLayerConf().getLayer());
      }
    }
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init(parameters, false);
    return graph;
  }

  /** Networks were plain sequences of layers once; stores keep such files. */
  private static ComputationGraph sequence(String json, INDArray parameters) {
    MultiLayerConfiguration configuration = MultiLayerConfiguration.fromJson(json);
    configuration.getConfs().forEach(conf -> checkShapes(conf.getLayer()));
    MultiLayerNetwork layers = new MultiLayerNetwork(configuration);
    layers.init(parameters, false);
    return layers.toComputationGraph();
  }

  /** A file tells the shapes of a layer's parameters beside what they follow from. */
  private static void checkShapes(org.deeplearning4j.nn.conf.layers.Layer layer) {
    if (layer instanceof AbstractSameDiffLayer own) {
      SDLayerParams wanted = new SDLayerParams();
      own.defineParameters(wanted);
      Map<String, long[]> told = own.getLayerParams().getParamShapes();
      boolean same = told.keySet().equals(wanted.getParamShapes().keySet());
      for (Map.Entry<String, long[]> shape : wanted.getParamShapes().entrySet()) {
        same = same && Arrays.equals(shape.getValue(), told.get(shape.getKey()));
      }
      if (!same) {
        throw new IllegalArgumentException(
            "layer %s has parameters of other shapes than it wants".formatted(own.getLayerName()));
      }
    }
  }

  /** Writes layers and parameters, without the optimizer's state, in Deeplearning4j's format. */
  public void write(OutputStream out) throws IOException {
    ModelSerializer.writeModel(graph, out, false);
  }

  @Override
  public void write(ModelFolder folder) throws IOException {
    folder.write(FILE, bytes());
  }

  private byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(bytes);
    return bytes.toByteArray();
  }

  @Override
  public InputSpec input() {
    return input;
  }

  /** Deeplearning4j's own, for trainers. */
  public ComputationGraph graph() {
    return graph;
  }

  public long parameters() {
    return graph.numParams();
  }

  /**
   * Posteriors of rows.
   *
   * @param rows each of {@link InputSpec#size} values
   * @return shape [rows x classes], each row sums to 1
   */
  @Override
  public double[][] posteriors(List<float[]> rows) {
    List<double[]> all = new ArrayList<>(rows.size());
    for (int from = 0; from < rows.size(); from += ROWS_AT_A_TIME) {
      List<float[]> some = rows.subList(from, Math.min(rows.size(), from + ROWS_AT_A_TIME));
      INDArray[] features = features(some);
      try (INDArray output = graph.outputSingle(false, features)) {
        all.addAll(Arrays.asList(Doubles.rows(output)));
      } finally {
        InputArrays.close(features);
      }
    }
    return all.toArray(double[][]::new);
  }

  /** Rows as the network takes them: {@link InputArrays}. */
  public INDArray[] features(List<float[]> rows) {
    return InputArrays.of(input, rows);
  }

  /** All parameters in one row, copied. */
  public float[] copyOfParameters() {
    return graph.params().dup().toFloatVector();
  }

  /** Whether every parameter is a number. */
  public boolean isFinite() {
    return Double.isFinite(graph.params().sumNumber().doubleValue());
  }

  /** Puts back what {@link #copyOfParameters} gave. */
  public void restoreParameters(float[] parameters) {
    graph.setParams(Nd4j.createFromArray(parameters).reshape(1, parameters.length));
  }

  /**
   * Sets the learning rate of every layer from the next step on.
   *
   * <p>Deeplearning4j's own {@code setLearningRate} leaves out layers made of SameDiff, as ours
   * are.
   */
  public void setLearningRate(double learningRate) {
    for (Layer layer : graph.getLayers()) {
      for (String parameter : layer.conf().variables()) {
        layer.conf().getLayer().getUpdaterByParam(parameter).setLrAndSchedule(learningRate, null);
      }
    }
  }

  /** Travels as the file that {@link #write} writes: native arrays cannot. */
  private Object writeReplace() {
    try {
      return new Written(bytes(), input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("a network travels as its file");
  }

  @SuppressWarnings("ArrayRecordComponent") // read once, never changed
  private record Written(byte[] file, InputSpec input) implements Serializable {

    private Object readResolve() throws ObjectStreamException {
      try {
        return EmotionNetwork.read(file, input);
      } catch (IOException e) {
        throw new InvalidObjectException(e.getMessage());
      }
    }
  }
}
