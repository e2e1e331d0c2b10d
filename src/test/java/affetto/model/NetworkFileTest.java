package affetto.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.archive.Archives;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** A network's file from a stranger: what it names is not made, what it claims not believed. */
class NetworkFileTest {

  private static final String JSON = "configuration.json";
  private static final String NUMBERS = "coefficients.bin";
  private static final String SOFTMAX = "\"org.nd4j.linalg.activations.impl.ActivationSoftmax\"";
  private static final InputSpec INPUT = new InputSpec(1, 12, false);

  /** What is in them tells whether their class came to life. */
  private static final String SEEN_BY_DL4J = "affetto.test.probe.dl4j";

  private static final String SEEN_BY_US = "affetto.test.probe.ours";

  /** Announces its loading; Deeplearning4j's own reader is to bring it to life. */
  static final class ProbeForDl4j {
    static {
      System.setProperty(SEEN_BY_DL4J, "initialised");
    }
  }

  /** Announces its loading; nobody is to bring it to life. */
  static final class Probe {
    static {
      System.setProperty(SEEN_BY_US, "initialised");
    }
  }

  /** Announces that somebody deserializes it. */
  static final class SerializedProbe implements Serializable {
    private static final long serialVersionUID = 1L;

    private void readObject(java.io.ObjectInputStream in) {
      System.setProperty(SEEN_BY_US, "deserialized");
    }
  }

  private static final String PROBE = "affetto.model.NetworkFileTest$Probe";

  private static NetworkSpec spec(String id, Optimizer optimizer) {
    InputSpec input =
        switch (id) {
          case Networks.LOGMEL_ATTENTION -> new InputSpec(160, 64, 35, true, false);
          case Networks.LOGMEL_LEVELS -> new InputSpec(160, 64, 35, true, true);
          default -> INPUT;
        };
    return new NetworkSpec(id, input, 6, optimizer, 1e-3, 5, 0.1, true, 1);
  }

  private static Map<String, byte[]> written;

  @BeforeAll
  static void write() throws IOException {
    written = writtenParts();
  }

  private static Map<String, byte[]> parts() {
    return new LinkedHashMap<>(written);
  }

  /** The parts of a file as Deeplearning4j writes it. */
  private static Map<String, byte[]> writtenParts() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EmotionNetwork.create(spec(Networks.RECIPE_CNN, Optimizer.ADAM)).write(out);
    Map<String, byte[]> parts = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        parts.put(entry.getName(), zip.readAllBytes());
      }
    }
    return parts;
  }

  private static String json(Map<String, byte[]> parts) {
    return new String(parts.get(JSON), StandardCharsets.UTF_8);
  }

  private static void assertRefused(Map<String, byte[]> parts, String reason) throws IOException {
    byte[] file = Archives.zip(parts);
    assertThatThrownBy(() -> EmotionNetwork.read(file, INPUT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason);
    assertThat(System.getProperty(SEEN_BY_US)).isNull();
  }

  private static void assertRefused(UnaryOperator<String> change, String reason)
      throws IOException {
    Map<String, byte[]> parts = parts();
    String changed = change.apply(json(parts));
    assertThat(changed).isNotEqualTo(json(parts));
    parts.put(JSON, changed.getBytes(StandardCharsets.UTF_8));
    assertRefused(parts, reason);
  }

  @ParameterizedTest
  @EnumSource(Optimizer.class)
  void readsWhatDeeplearning4jWrites(Optimizer optimizer) throws IOException {
    for (String id : Networks.ids()) {
      EmotionNetwork network = EmotionNetwork.create(spec(id, optimizer));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      network.write(out);
      EmotionNetwork back = EmotionNetwork.read(out.toByteArray(), network.input());
      assertThat(back.copyOfParameters()).isEqualTo(network.copyOfParameters());
      List<float[]> row = List.of(new float[network.input().size()]);
      assertThat(back.posteriors(row)).isDeepEqualTo(network.posteriors(row));
    }
  }

  @Test
  void readsASequenceOfLayersAsEarlierReleasesWroteIt() throws IOException {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .weightInit(WeightInit.XAVIER_UNIFORM)
            .updater(new Adam(1e-3))
            .list();
    layers.layer(ConvBlock.along(1, 4, 5, 5, 2));
    layers.layer(new DenseBlock(4 * 6, 5));
    layers.layer(
        new OutputLayer.Builder(new EmotionLoss(0)).nOut(3).activation(Activation.SOFTMAX).build());
    layers.setInputType(InputType.convolutional(1, 12, 1, CNN2DFormat.NHWC));
    MultiLayerNetwork sequence = new MultiLayerNetwork(layers.build());
    sequence.init();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelSerializer.writeModel(sequence, out, false);
    EmotionNetwork read = EmotionNetwork.read(out.toByteArray(), INPUT);
    float[] row = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    INDArray answer = sequence.output(Nd4j.createFromArray(row).reshape('c', 1, 1, 12, 1));
    assertThat(read.posteriors(List.of(row))).isDeepEqualTo(answer.toDoubleMatrix());

    ByteArrayOutputStream again = new ByteArrayOutputStream();
    read.write(again);
    EmotionNetwork back = EmotionNetwork.read(again.toByteArray(), INPUT);
    assertThat(back.posteriors(List.of(row))).isDeepEqualTo(answer.toDoubleMatrix());
  }

  @Test
  void readsALossThatEarlierReleasesTaughtToLeaveClassesOut() throws IOException {
    Map<String, byte[]> parts = parts();
    String earlier = json(parts).replace("\"smoothing\" :", "\"masked\" : true, \"smoothing\" :");
    assertThat(earlier).isNotEqualTo(json(parts));
    parts.put(JSON, earlier.getBytes(StandardCharsets.UTF_8));
    EmotionNetwork read = EmotionNetwork.read(Archives.zip(parts), INPUT);
    List<float[]> row = List.of(new float[INPUT.size()]);
    assertThat(read.posteriors(row))
        .isDeepEqualTo(EmotionNetwork.read(Archives.zip(parts()), INPUT).posteriors(row));
  }

  /** Why we look first: Deeplearning4j loads and initialises any class that is named. */
  @Test
  void deeplearning4jItselfInitialisesAnyClass() throws IOException {
    String hostile = json(parts()).replace(SOFTMAX, "\"" + PROBE + "ForDl4j\"");
    assertThatThrownBy(() -> ComputationGraphConfiguration.fromJson(hostile));
    assertThat(System.getProperty(SEEN_BY_DL4J)).isEqualTo("initialised");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"@class\":\"%s\"}",
        "[\"%s\",{}]",
        "{\"@class\":\"%s\",\"@class\":\"org.nd4j.linalg.activations.impl.ActivationReLU\"}",
        "{\"\\u0040class\":\"%s\"}",
        "{\"@class\":[\"%s\"]}",
        "{\"x\":\"%s\"}",
      })
  void makesNoClassThatIsNoneOfANetworks(String activation) throws IOException {
    String hostile = activation.formatted(PROBE);
    assertRefused(
        json ->
            json.replaceFirst(
                "\\{[^{}]*" + SOFTMAX + "[^{}]*}",
                java.util.regex.Matcher.quoteReplacement(hostile)),
        hostile.contains("[\"aff") && hostile.startsWith("{") ? "has no name" : PROBE);
    assertRefused(json -> json.replace("affetto.model.SeededDropout", PROBE), PROBE);
    assertRefused(json -> json.replace("affetto.model.SeededDropout", "Probe"), "Probe");
  }

  @Test
  void readsNothingThatMayLieBeside() throws IOException {
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(object)) {
      out.writeObject(new SerializedProbe());
    }
    for (String name : List.of("preprocessor.bin", "normalizer.bin", "objects.json", "../x")) {
      Map<String, byte[]> parts = parts();
      parts.put(name, object.toByteArray());
      assertRefused(parts, name);
    }
  }

  @Test
  void believesNoClaim() throws IOException {
    assertRefused(
        json -> json.replace("\"filters\" : 256", "\"filters\" : 2000000000"), "no network");
    assertRefused(json -> json.replace("[ 256 ]", "[ 255 ]"), "no network");
    assertRefused(json -> json.replace("\"nout\" : 6", "\"nout\" : 7"), "no network");
    assertRefused(json -> "[".repeat(100_000) + json, "deep");
    assertRefused(json -> json.replace("{", ""), "");
    assertRefused(json -> json.replace("\"Standard\"", "\"" + "x".repeat(65) + "\""), "xxx");
    Map<String, byte[]> parts = parts();
    byte[] numbers = parts.get(NUMBERS);
    byte[] many = numbers.clone();
    ByteBuffer.wrap(many).putLong(countAt(many), 1L << 40);
    parts.put(NUMBERS, many);
    assertRefused(parts, "parameters are announced");
    for (int length : new int[] {0, 1, 20, 60, numbers.length - 4}) {
      parts = parts();
      parts.put(NUMBERS, Arrays.copyOf(numbers, length));
      assertRefused(parts, "");
    }
    parts = parts();
    parts.put(NUMBERS, Arrays.copyOf(parts.get(NUMBERS), numbers.length + 4));
    assertRefused(parts, "more than the parameters");
    parts = parts();
    parts.remove(NUMBERS);
    assertRefused(parts, "no coefficients.bin in the file");
  }

  /** Where the number of parameters stands: behind the shape and the name of an allocation. */
  private static int countAt(byte[] numbers) {
    int shape = 2 + 16;
    int values = (int) ByteBuffer.wrap(numbers).getLong(shape);
    return shape + 8 + 2 + 4 + 8 * values + 2 + 16;
  }
}
