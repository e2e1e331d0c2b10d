package affetto.model;

import affetto.fault.BadInputException;
import affetto.feature.FeatureSet;
import java.util.Collections;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** The networks that users can name. */
public final class Networks {

  /** The network of the popular recipe: four convolutions along a vector of scalar features. */
  public static final String RECIPE_CNN = "recipe-cnn";

  /** Convolutions over a log-mel spectrogram, then attention over time. */
  public static final String LOGMEL_ATTENTION = "logmel-attention";

  /** Two hidden layers over a vector of scalar features that say how something was said. */
  public static final String PROSODY_MLP = "prosody-mlp";

  private static final List<String> IDS = List.of(RECIPE_CNN, LOGMEL_ATTENTION, PROSODY_MLP);

  /** 3.2 s at 10 ms a frame: longer than nine in ten utterances of the four corpora. */
  private static final int LOGMEL_FRAMES = 320;

  /** Speech is louder, the breath before and the room after it are not. */
  private static final double TRIM_DB = 35;

  private static final double LABEL_SMOOTHING = 0.1;

  /** Of the weights of our own networks: the learning rate's share of it goes with every step. */
  private static final double WEIGHT_DECAY = 0.01;

  private static final long CLOSE_TO_ZERO_SEEDS = 1L << 32;

  private Networks() {}

  public static List<String> ids() {
    return IDS;
  }

  /**
   * A network for a feature set, with Adam, dropout, clipping and equal class weights.
   *
   * @param id one of {@link #ids}
   * @param features what it is trained on
   * @param classes number of outputs
   * @param learningRate Adam's first step
   * @param seed of weights and dropout
   * @throws BadInputException if there is no such network, or it cannot take these features
   */
  public static NetworkSpec named(
      String id, FeatureSet features, int classes, double learningRate, long seed) {
    if (!IDS.contains(id)) {
      throw new BadInputException(
          "no network is called '%s'; there are %s".formatted(id, String.join(", ", IDS)));
    }
    boolean takesScalars = !id.equals(LOGMEL_ATTENTION);
    if (takesScalars != features.scalar()) {
      throw new BadInputException(
          "network '%s' takes %s, but feature set '%s' gives %s"
              .formatted(id, shape(takesScalars), features.id(), shape(features.scalar())));
    }
    int bands = features.names().size();
    InputSpec input =
        takesScalars
            ? new InputSpec(1, bands, false)
            : new InputSpec(LOGMEL_FRAMES, bands, TRIM_DB, true);
    return new NetworkSpec(
        id,
        input,
        Collections.nCopies(classes, 1.0),
        Optimizer.ADAM,
        learningRate,
        NetworkSpec.DEFAULT_CLIP_NORM,
        isPopular(id) ? 0 : LABEL_SMOOTHING,
        true,
        seed);
  }

  /** Whether it is to stay as others have published it. */
  private static boolean isPopular(String id) {
    return id.equals(RECIPE_CNN);
  }

  private static String shape(boolean scalar) {
    return scalar ? "a vector of scalars" : "a matrix of frames and bands";
  }

  /** The layers, as Deeplearning4j wants to be told. */
  static MultiLayerConfiguration configuration(NetworkSpec spec) {
    boolean clips = spec.clipNorm() > 0;
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(spec.seed() % CLOSE_TO_ZERO_SEEDS)
            .updater(updater(spec.optimizer(), spec.learningRate()))
            .weightInit(WeightInit.XAVIER_UNIFORM)
            .weightDecay(isPopular(spec.id()) ? 0 : WEIGHT_DECAY, true)
            .gradientNormalization(
                clips ? GradientNormalization.ClipL2PerLayer : GradientNormalization.None)
            .gradientNormalizationThreshold(clips ? spec.clipNorm() : 1)
            .list();
    return switch (spec.id()) {
      case RECIPE_CNN -> recipe(spec, layers);
      case PROSODY_MLP -> perceptron(spec, layers);
      default -> attention(spec, layers);
    };
  }

  private static IUpdater updater(Optimizer optimizer, double learningRate) {
    return optimizer == Optimizer.ADAM ? new Adam(learningRate) : new Sgd(learningRate);
  }

  /** The network of the popular recipe: 557,288 parameters for 162 features and 8 classes. */
  private static MultiLayerConfiguration recipe(
      NetworkSpec spec, NeuralNetConfiguration.ListBuilder layers) {
    layers.layer(ConvBlock.along(1, 256, 5, 5, 2));
    layers.layer(ConvBlock.along(256, 256, 5, 5, 2));
    layers.layer(ConvBlock.along(256, 128, 5, 5, 2));
    addDropout(layers, spec, 0.2, 1);
    layers.layer(ConvBlock.along(128, 64, 5, 5, 2));
    long width = spec.input().bands();
    for (int block = 0; block < 4; block++) {
      width = ConvBlock.ceilDiv(width, 2);
    }
    layers.layer(new DenseBlock(64 * Math.toIntExact(width), 32));
    addDropout(layers, spec, 0.3, 2);
    addOutput(layers, spec);
    return layers
        .setInputType(InputType.convolutional(1, spec.input().bands(), 1, CNN2DFormat.NHWC))
        .build();
  }

  /** Six normalised blocks, attention over what is left of time, one hidden layer. */
  private static MultiLayerConfiguration attention(
      NetworkSpec spec, NeuralNetConfiguration.ListBuilder layers) {
    InputSpec input = spec.input();
    layers.layer(ConvBlock.stem(2, 16));
    layers.layer(ConvBlock.halving(16, 32));
    layers.layer(ConvBlock.normalised(32, 64, 2, 2));
    layers.layer(ConvBlock.normalised(64, 96, 2, 2));
    layers.layer(ConvBlock.normalised(96, 128, 1, 1));
    layers.layer(ConvBlock.normalised(128, 128, 1, 1));
    int size = 128 * Math.toIntExact(ConvBlock.ceilDiv(input.bands(), 16));
    layers.layer(new AttentiveStatistics(size, 64));
    addDropout(layers, spec, 0.4, 1);
    layers.layer(new DenseBlock(2 * size, 128));
    addDropout(layers, spec, 0.4, 2);
    addOutput(layers, spec);
    return layers
        .setInputType(InputType.convolutional(input.frames(), input.bands(), 1, CNN2DFormat.NHWC))
        .build();
  }

  /** Two hidden layers; dropout before each layer, the input included. */
  private static MultiLayerConfiguration perceptron(
      NetworkSpec spec, NeuralNetConfiguration.ListBuilder layers) {
    int bands = spec.input().bands();
    addDropout(layers, spec, 0.2, 1);
    layers.layer(new DenseBlock(bands, 128));
    addDropout(layers, spec, 0.4, 2);
    layers.layer(new DenseBlock(128, 128));
    addDropout(layers, spec, 0.4, 3);
    addOutput(layers, spec);
    return layers.setInputType(InputType.convolutional(1, bands, 1, CNN2DFormat.NHWC)).build();
  }

  private static void addDropout(
      NeuralNetConfiguration.ListBuilder layers, NetworkSpec spec, double drop, int place) {
    if (spec.dropout()) {
      SeededDropout dropout = new SeededDropout(drop, SeededDropout.mix(spec.seed()) + place);
      layers.layer(new DropoutLayer.Builder().dropOut(dropout).build());
    }
  }

  private static void addOutput(NeuralNetConfiguration.ListBuilder layers, NetworkSpec spec) {
    double[] weights = spec.classWeights().stream().mapToDouble(Double::doubleValue).toArray();
    layers.layer(
        new OutputLayer.Builder(
                new EmotionLoss(weights, spec.labelSmoothing(), !isPopular(spec.id())))
            .nOut(spec.classes())
            .activation(Activation.SOFTMAX)
            .build());
  }
}
