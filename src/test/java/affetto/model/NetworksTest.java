package affetto.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import affetto.audio.Waveform;
import affetto.dsp.Workbench;
import affetto.fault.BadInputException;
import affetto.feature.FeatureExtractor;
import affetto.feature.FeatureMatrix;
import affetto.feature.FeatureSet;
import affetto.feature.FeatureSets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.ILossFunction;

class NetworksTest {

  /** A feature set that only has a shape. */
  record Shape(boolean scalar, int size) implements FeatureSet {
    @Override
    public String id() {
      return scalar ? "scalars" : "logmel-" + size;
    }

    @Override
    public String definition() {
      return "{}";
    }

    @Override
    public String version() {
      return "0";
    }

    @Override
    public List<String> names() {
      return IntStream.range(0, size).mapToObj(i -> "f" + i).toList();
    }

    @Override
    public FeatureExtractor extractor(Workbench bench) {
      return new FeatureExtractor() {
        @Override
        public Waveform load(Waveform recording) {
          return recording;
        }

        @Override
        public FeatureMatrix extract(Waveform clip) {
          throw new UnsupportedOperationException();
        }
      };
    }
  }

  private static NetworkSpec recipe(long seed) {
    return Networks.named(Networks.RECIPE_CNN, new Shape(true, 162), 8, 1e-3, seed);
  }

  private static List<float[]> rows(int number, int size) {
    Random random = new Random(5);
    return Stream.generate(
            () -> {
              float[] row = new float[size];
              for (int i = 0; i < size; i++) {
                row[i] = (float) random.nextGaussian();
              }
              return row;
            })
        .limit(number)
        .toList();
  }

  @Test
  void recipeHasTheParametersOfTheRecipe() {
    assertThat(EmotionNetwork.create(recipe(1)).parameters()).isEqualTo(557_288);
  }

  @Test
  void logmelIsSmall() {
    NetworkSpec spec = Networks.named(Networks.LOGMEL_ATTENTION, new Shape(false, 64), 6, 1e-3, 1);
    assertThat(EmotionNetwork.create(spec).parameters()).isBetween(300_000L, 800_000L);
    assertThat(EmotionNetwork.create(spec).posteriors(rows(2, spec.input().size())))
        .hasDimensions(2, 6);
  }

  @ParameterizedTest
  @CsvSource({
    "logmel-41, 'looks at bands in pairs, but feature set ''logmel-41'' has 41'",
    "mfcc-20, 'takes log-mel spectrograms (logmel-N, N even), not ''mfcc-20'', whose columns'"
  })
  void logmelTakesPairsOfNeighbouringBands(String features, String complaint) {
    assertThatThrownBy(
            () ->
                Networks.named(Networks.LOGMEL_ATTENTION, FeatureSets.named(features), 6, 1e-3, 1))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("network 'logmel-attention' " + complaint);
  }

  @Test
  void logmelLevelsHearsTheLevels() {
    NetworkSpec spec = Networks.named(Networks.LOGMEL_LEVELS, new Shape(false, 64), 6, 1e-3, 1);
    float[] row = rows(1, spec.input().size()).get(0);
    float[] louder = row.clone();
    for (int band = 0; band < 64; band++) {
      louder[band] += 1;
    }
    double[][] posteriors = EmotionNetwork.create(spec).posteriors(List.of(row, louder));
    assertThat(posteriors[0]).isNotEqualTo(posteriors[1]);
  }

  @Test
  void theTwoHiddenLayersTakeScalars() {
    NetworkSpec spec = Networks.named(Networks.PROSODY_MLP, new Shape(true, 53), 8, 1e-3, 1);
    EmotionNetwork network = EmotionNetwork.create(spec);
    assertThat(network.parameters()).isEqualTo(54 * 128 + 129 * 128 + 129 * 8);
    assertThat(network.posteriors(rows(2, 53))).hasDimensions(2, 8);
    assertThatThrownBy(() -> Networks.named(Networks.PROSODY_MLP, new Shape(false, 64), 8, 1e-3, 1))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("takes a vector of scalars");
  }

  @Test
  void weightsAreAPureFunctionOfTheSeed() {
    assertThat(Arrays.equals(weights(1), weights(1))).isTrue();
    assertThat(Arrays.equals(weights(1), weights(2))).isFalse();
  }

  private static float[] weights(long seed) {
    return EmotionNetwork.create(recipe(seed)).copyOfParameters();
  }

  @Test
  void posteriorsSumToOneAndDoNotDependOnTheBatch() {
    EmotionNetwork network = EmotionNetwork.create(recipe(3));
    List<float[]> rows = rows(300, 162);
    double[][] together = network.posteriors(rows);
    assertThat(Stream.of(together))
        .allSatisfy(p -> assertThat(Arrays.stream(p).sum()).isCloseTo(1, within(1e-5)));
    double[] alone = network.posteriors(rows.subList(299, 300))[0];
    assertThat(together[299]).containsExactly(alone, within(1e-6));
  }

  @Test
  void comesBackFromItsFileWithTheSamePosteriors() throws IOException {
    EmotionNetwork network = EmotionNetwork.create(recipe(3));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    network.write(file);
    EmotionNetwork back = EmotionNetwork.read(file.toByteArray(), network.input());
    List<float[]> rows = rows(10, 162);
    assertThat(back.posteriors(rows)).isDeepEqualTo(network.posteriors(rows));
  }

  @Test
  void unknownNamesAndWrongFeaturesAreTheUsersMistake() {
    assertThatThrownBy(() -> Networks.named("vgg", new Shape(true, 162), 8, 1e-3, 1))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "no network is called 'vgg'; there are recipe-cnn, logmel-attention,"
                + " logmel-levels, prosody-mlp");
    assertThatThrownBy(() -> Networks.named("recipe-cnn", new Shape(false, 64), 8, 1e-3, 1))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("vector of scalars");
  }

  @Test
  void everyLayerTakesTheNewLearningRate() {
    NetworkSpec spec = recipe(1);
    EmotionNetwork network = EmotionNetwork.create(spec);
    float[] before = network.copyOfParameters();
    INDArray labels = Nd4j.zeros(4, 8);
    labels.getColumn(2).assign(1);
    MultiDataSet batch = new MultiDataSet(network.features(rows(4, 162)), new INDArray[] {labels});
    network.setLearningRate(1e-5);
    network.graph().fit(batch);
    float[] after = network.copyOfParameters();
    float furthest = 0;
    for (int i = 0; i < before.length; i++) {
      furthest = Math.max(furthest, Math.abs(after[i] - before[i]));
    }
    // Adam's first step is the learning rate, whatever the gradient.
    assertThat(furthest).isBetween(0.9e-5f, 1.1e-5f);
  }

  @Test
  void aFingerprintTellsLayersFromOthersAndNotHowTheyAreTrained() {
    NetworkSpec spec = Networks.named(Networks.LOGMEL_ATTENTION, new Shape(false, 16), 3, 0.5, 1);
    String fingerprint = Networks.fingerprint(spec);
    assertThat(fingerprint)
        .hasSize(64)
        .isEqualTo(Networks.fingerprint(spec.withLearningRate(2).withClipNorm(0)))
        .isNotEqualTo(Networks.fingerprint(spec.withDropout(false)))
        .isNotEqualTo(
            Networks.fingerprint(
                Networks.named(Networks.LOGMEL_ATTENTION, new Shape(false, 16), 4, 0.5, 1)));
  }

  @Test
  void aBlocksGradientIsItsSlope() {
    inDoublePrecision(
        () ->
            checkGradients(
                net ->
                    net.layer(ConvBlock.along(1, 3, 3, 3, 2))
                        .layer(ConvBlock.along(3, 4, 3, 2, 2))
                        .layer(new DenseBlock(5 * 2 * 4, 6))
                        .layer(output(new EmotionLoss(0)))));
  }

  @Test
  void theGradientsOfNormalisationAndAttentionAreTheirSlopes() {
    inDoublePrecision(
        () ->
            checkGradients(
                net ->
                    net.layer(ConvBlock.stem(2, 3))
                        .layer(ConvBlock.halving(3, 3))
                        .layer(ConvBlock.normalised(3, 8, 1, 2))
                        .layer(new AttentiveStatistics(8, 3))
                        .layer(output(new EmotionLoss(0.1)))));
  }

  private static OutputLayer output(ILossFunction loss) {
    return new OutputLayer.Builder(loss).nOut(3).activation(Activation.SOFTMAX).build();
  }

  private static void inDoublePrecision(Runnable check) {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    try {
      check.run();
    } finally {
      Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    }
  }

  private static void checkGradients(UnaryOperator<NeuralNetConfiguration.ListBuilder> layers) {
    MultiLayerConfiguration configuration =
        layers
            .apply(
                new NeuralNetConfiguration.Builder()
                    .dataType(DataType.DOUBLE)
                    .seed(4)
                    .updater(new NoOp())
                    .list())
            .setInputType(InputType.convolutional(5, 8, 1, CNN2DFormat.NHWC))
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    Nd4j.getRandom().setSeed(9);
    // Zeros, as some parameters start, would hide what depends on them.
    network.params().addi(Nd4j.rand(DataType.DOUBLE, network.params().shape()).muli(0.2));
    double[] weights = {1, 2, 0.5, 1.5};
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, 4, 3);
    for (int row = 0; row < 4; row++) {
      labels.putScalar(row, row % 3, weights[row]);
    }
    labels.putScalar(3, 2, EmotionLoss.IMPOSSIBLE);
    assertThat(
            GradientCheckUtil.checkGradients(
                new GradientCheckUtil.MLNConfig()
                    .net(network)
                    .epsilon(1e-6)
                    .maxRelError(1e-4)
                    .minAbsoluteError(1e-8)
                    .input(Nd4j.randn(DataType.DOUBLE, 4, 5, 8, 1))
                    .labels(labels)))
        .isTrue();
  }

  /** With gradients clipped to next to nothing, all that a step changes is the decay. */
  @Test
  void aStepTakesTheLearningRatesShareOfTheDecayFromWeightsAlone() {
    NetworkSpec spec =
        Networks.named(Networks.LOGMEL_ATTENTION, new Shape(false, 16), 3, 0.5, 1)
            .withOptimizer(Optimizer.SGD)
            .withClipNorm(1e-12);
    EmotionNetwork network = EmotionNetwork.create(spec);
    Layer block = network.graph().getLayer(2);
    INDArray weights = block.getParam(ConvBlock.WEIGHTS).dup();
    INDArray gains = block.getParam(ConvBlock.GAIN).dup();
    float[] row = new float[spec.input().size()];
    Arrays.fill(row, 0, row.length / 2, 1);
    INDArray labels = Nd4j.createFromArray(new float[][] {{1, 0, 0}, {0, 1, 0}});
    network
        .graph()
        .fit(new MultiDataSet(network.features(List.of(row, row)), new INDArray[] {labels}));
    INDArray left = block.getParam(ConvBlock.WEIGHTS).div(weights);
    assertThat(left.minNumber().doubleValue()).isCloseTo(1 - 0.5 * 0.01, within(1e-5));
    assertThat(left.maxNumber().doubleValue()).isCloseTo(1 - 0.5 * 0.01, within(1e-5));
    assertThat(block.getParam(ConvBlock.GAIN)).isEqualTo(gains);
  }
}
