package affetto.model;

import affetto.feature.FeatureSets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a build of ND4J's native library makes of our networks: trains each a little, stores it, and
 * answers with it and with the networks that another build has stored.
 */
final class BackendAnswers {
  private static final int ROWS = 6;
  private static final int CLASSES = 6;
  private static final int STEPS = 3;
  private static final double LEARNING_RATE = 0.05;

  private BackendAnswers() {}

  /**
   * In a process of its own, since a process loads one build only: its folder, the other's folder.
   */
  public static void main(String[] folders) throws IOException {
    Path own = Path.of(folders[0]);
    train(own);
    answer(own, own);
    answer(Path.of(folders[1]), own);
    Files.writeString(own.resolve("backend.txt"), Backend.name());
  }

  /** Trains all networks and stores them in a folder. */
  static void train(Path folder) throws IOException {
    for (String id : Networks.ids()) {
      NetworkSpec spec = spec(id);
      EmotionNetwork network = EmotionNetwork.create(spec);
      INDArray labels = Nd4j.zeros(ROWS, CLASSES);
      for (int row = 0; row < ROWS; row++) {
        labels.putScalar(row, row % CLASSES, 1);
      }
      MultiDataSet batch =
          new MultiDataSet(network.features(rows(spec.input())), new INDArray[] {labels});
      for (int step = 0; step < STEPS; step++) {
        network.graph().fit(batch);
      }
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      network.write(file);
      Files.write(folder.resolve(id + ".zip"), file.toByteArray());
    }
  }

  /** Writes the posteriors of the networks that were stored in one folder into another. */
  static void answer(Path stored, Path into) throws IOException {
    for (String id : Networks.ids()) {
      InputSpec input = spec(id).input();
      EmotionNetwork network =
          EmotionNetwork.read(Files.readAllBytes(stored.resolve(id + ".zip")), input);
      List<String> lines = new ArrayList<>();
      for (double[] posterior : network.posteriors(rows(input))) {
        for (double value : posterior) {
          lines.add(Double.toString(value));
        }
      }
      Files.write(into.resolve("%s-of-%s.txt".formatted(id, stored.getFileName())), lines);
    }
  }

  private static NetworkSpec spec(String id) {
    String features = Networks.takesScalars(id) ? "recipe-162" : "logmel-64";
    NetworkSpec spec = Networks.named(id, FeatureSets.named(features), CLASSES, LEARNING_RATE, 7);
    return new NetworkSpec(
        spec.id(),
        spec.input(),
        spec.classes(),
        // Adam's first steps go by the sign of a gradient, however small it is.
        Optimizer.SGD,
        spec.learningRate(),
        spec.clipNorm(),
        spec.labelSmoothing(),
        spec.dropout(),
        spec.seed());
  }

  private static List<float[]> rows(InputSpec input) {
    Random random = new Random(11);
    List<float[]> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      float[] values = new float[input.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      rows.add(values);
    }
    return rows;
  }
}
