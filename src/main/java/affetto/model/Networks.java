package affetto.model;

import affetto.fault.BadInputException;
import affetto.feature.FeatureSet;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.GradientNormalization;
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

  /** Convolutions over stretches of a log-mel spectrogram, then attention over time. */
  public static final String LOGMEL_ATTENTION = "logmel-attention";

  /**
   * The same with the clip's levels beside the last hidden layer, which help on corpora that it
   * never heard.
   */
  public static final String LOGMEL_LEVELS = "logmel-levels";

  /** Two hidden layers over a vector of scalar features that say how something was said. */
  public static final String PROSODY_MLP = "prosody-mlp";

  private static final List<String> IDS =
      List.of(RECIPE_CNN, LOGMEL_ATTENTION, LOGMEL_LEVELS, PROSODY_MLP);

  /**
   * 2.1 s at 10 ms a frame: a short clip as a whole, a stretch of a longer one, in training another
   * each time.
   */
  private static final int STRETCH_FRAMES = 208;

  /** Bands that the first block sees together. */
  private static final int PAIR = 2;

  /** Speech is louder, the breath before and the room after it are not. */
  private static final double TRIM_DB = 35;

  private static final double LABEL_SMOOTHING = 0.1;

  /** Of the weights of our own networks: the learning rate's share of it goes with every step. */
  private static final double WEIGHT_DECAY = 0.01;

  /** How the ids of feature sets begin whose columns are neighbours, low bands first. */
  private static final String BANDS = "logmel-";

  /** The graph's inputs: spectrograms or scalars, and the head beside them. */
  private static final String FRAMES = "frames";

  private static final String HEAD = "head";

  private static final long CLOSE_TO_ZERO_SEEDS = 1L << 32;

  private Networks() {}

  public static List<String> ids() {
    return IDS;
  }

  /**
   * A network for a feature set, with Adam, dropout and clipping.
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
    boolean takesScalars = takesScalars(id);
    if (takesScalars != features.scalar()) {
      throw new BadInputException(
          "network '%s' takes %s, but feature set '%s' gives %s"
              .formatted(id, shape(takesScalars), features.id(), shape(features.scalar())));
    }
    if (!takesScalars && !features.id().startsWith(BANDS)) {
      throw new BadInputException(
          "network '%s' takes log-mel spectrograms (%sN, N even), not '%s', whose columns are no"
                  .formatted(id, BANDS, features.id())
              + " neighbouring bands");
    }
    int bands = features.names().size();
    if (!takesScalars && bands % PAIR != 0) {
      throw new BadInputException(
          "network '%s' looks at bands in pairs, but feature set '%s' has %d"
              .formatted(id, features.id(), bands));
    }
    return new NetworkSpec(
        id,
        input(id, bands),
        classes,
        Optimizer.ADAM,
        learningRate,
        NetworkSpec.DEFAULT_CLIP_NORM,
        isPopular(id) ? 0 : LABEL_SMOOTHING,
        true,
        seed);
  }

  /** Whether a network takes a vector of scalar features, and not frames of bands. */
  public static boolean takesScalars(String id) {
    return id.equals(RECIPE_CNN) || id.equals(PROSODY_MLP);
  }

  /** Whether an id is that of a network that takes frames of bands. */
  public static boolean takesFrames(String id) {
    return IDS.contains(id) && !takesScalars(id);
  }

  private static InputSpec input(String id, int bands) {
    return switch (id) {
      case LOGMEL_ATTENTION -> new InputSpec(STRETCH_FRAMES, bands, TRIM_DB, true, false);
      case LOGMEL_LEVELS -> new InputSpec(STRETCH_FRAMES, bands, TRIM_DB, true, true);
      default -> new InputSpec(1, bands, false);
    };
  }

  /** Whether it is to stay as others have published it. */
  private static boolean isPopular(String id) {
    return id.equals(RECIPE_CNN);
  }

  private static String shape(boolean scalar) {
    return scalar ? "a vector of scalars" : "a matrix of frames and bands";
  }

  /** The graph of the layers, as Deeplearning4j wants to be told. */
  static ComputationGraphConfiguration configuration(NetworkSpec spec) {
    boolean clips = spec.clipNorm() > 0;
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(spec.seed() % CLOSE_TO_ZERO_SEEDS)
            .updater(updater(spec.optimizer(), spec.learningRate()))
            .weightInit(WeightInit.XAVIER_UNIFORM)
            .weightDecay(isPopular(spec.id()) ? 0 : WEIGHT_DECAY, true)
            .gradientNormalization(
                clips ? GradientNormalization.ClipL2PerLayer : GradientNormalization.None)
            .gradientNormalizationThreshold(clips ? spec.clipNorm() : 1)
            .graphBuilder()
            .addInputs(FRAMES);
    switch (spec.id()) {
      case RECIPE_CNN -> recipe(spec, graph);
      case PROSODY_MLP -> perceptron(spec, graph);
      default -> attention(spec, graph);
    }
    return graph.build();
  }

  /**
   * Tells the layers of a network, its loss and its decay of weights from those of another release,
   * where the spec is the same: SHA-256 in hex of how Deeplearning4j writes them down. What a
   * training may change on its way is left out: learning rate and clip norm. Empty for a baseline.
   */
  public static String fingerprint(NetworkSpec spec) {
    if (!ids().contains(spec.id())) {
      return "";
    }
    NetworkSpec anyhow = spec.withLearningRate(1).withClipNorm(1);
    // Deeplearning4j ends lines as the platform does.
    return DigestUtils.sha256Hex(configuration(anyhow).toJson().replace("\r\n", "\n"));
  }

  private static IUpdater updater(Optimizer optimizer, double learningRate) {
    return optimizer == Optimizer.ADAM ? new Adam(learningRate) : new Sgd(learningRate);
  }

  private static InputType frames(InputSpec input) {
    return InputType.convolutional(input.frames(), input.bands(), 1, CNN2DFormat.NHWC);
  }

  /** The network of the popular recipe: 557,288 parameters for 162 features and 8 classes. */
  private static void recipe(NetworkSpec spec, GraphBuilder graph) {
    graph.setInputTypes(frames(spec.input()));
    Stack stack =
        new Stack(graph, FRAMES)
            .add(ConvBlock.along(1, 256, 5, 5, 2))
            .add(ConvBlock.along(256, 256, 5, 5, 2))
            .add(ConvBlock.along(256, 128, 5, 5, 2));
    addDropout(stack, spec, 0.2, 1);
    stack.add(ConvBlock.along(128, 64, 5, 5, 2));
    long width = spec.input().bands();
    for (int block = 0; block < 4; block++) {
      width = ConvBlock.ceilDiv(width, 2);
    }
    stack.add(new DenseBlock(64 * Math.toIntExact(width), 32));
    addDropout(stack, spec, 0.3, 2);
    addOutput(stack, spec);
  }

  /**
   * Six normalised blocks, attention over what is left of time, one hidden layer; beside it, if the
   * input has one, a few units for the head.
   */
  private static void attention(NetworkSpec spec, GraphBuilder graph) {
    InputSpec input = spec.input();
    int size = 128 * Math.toIntExact(ConvBlock.ceilDiv(input.bands(), 16));
    Stack stack =
        new Stack(graph, FRAMES)
            .add(ConvBlock.stem(PAIR, 16))
            .add(ConvBlock.halving(16, 32))
            .add(ConvBlock.normalised(32, 64, 2, 2))
            .add(ConvBlock.normalised(64, 96, 2, 2))
            .add(ConvBlock.normalised(96, 128, 1, 1))
            .add(ConvBlock.normalised(128, 128, 1, 1))
            .add(new AttentiveStatistics(size, 64));
    addDropout(stack, spec, 0.4, 1);
    stack.add(new DenseBlock(2 * size, 128));
    if (input.head() > 0) {
      graph.addInputs(HEAD).setInputTypes(frames(input), InputType.feedForward(input.head()));
      Stack head = new Stack(graph, HEAD).add(new DenseBlock(input.head(), 32));
      stack = stack.beside(head, "both");
    } else {
      graph.setInputTypes(frames(input));
    }
    addDropout(stack, spec, 0.4, 2);
    addOutput(stack, spec);
  }

  /** Two hidden layers; dropout before each layer, the input included. */
  private static void perceptron(NetworkSpec spec, GraphBuilder graph) {
    graph.setInputTypes(frames(spec.input()));
    Stack stack = new Stack(graph, FRAMES);
    addDropout(stack, spec, 0.2, 1);
    stack.add(new DenseBlock(spec.input().bands(), 128));
    addDropout(stack, spec, 0.4, 2);
    stack.add(new DenseBlock(128, 128));
    addDropout(stack, spec, 0.4, 3);
    addOutput(stack, spec);
  }

  private static void addDropout(Stack stack, NetworkSpec spec, double drop, int place) {
    if (spec.dropout()) {
      SeededDropout dropout = new SeededDropout(drop, SeededDropout.mix(spec.seed()) + place);
      stack.add(new DropoutLayer.Builder().dropOut(dropout).build());
    }
  }

  private static void addOutput(Stack stack, NetworkSpec spec) {
    stack.add(
        new OutputLayer.Builder(new EmotionLoss(spec.labelSmoothing()))
            .nOut(spec.classes())
            .activation(Activation.SOFTMAX)
            .build());
    stack.finish();
  }
}
