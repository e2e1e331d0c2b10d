package affetto.bench;

import affetto.feature.FeatureSets;
import affetto.model.EmotionNetwork;
import affetto.model.NativeThreads;
import affetto.model.NetworkSpec;
import affetto.model.Networks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains and infers on command, for {@code src/bench/peer/training.py}: reads {@code NETWORK train
 * STEPS} or {@code NETWORK infer STEPS}, answers with {@code seconds S}. Networks are {@code
 * recipe}, {@code logmel} and {@code stock}, the second on Deeplearning4j's own layers.
 */
public final class TrainingWorker {
  private final ComputationGraph network;
  private final MultiDataSet batch;

  private TrainingWorker(ComputationGraph network, MultiDataSet batch) {
    this.network = network;
    this.batch = batch;
  }

  /** Threads: the only argument. */
  public static void main(String[] arguments) throws IOException {
    NativeThreads.limit(Integer.parseInt(arguments[0]));
    TrainingWorker recipe = ours(Networks.RECIPE_CNN, "recipe-162", 64);
    TrainingWorker logMel = ours(Networks.LOGMEL_ATTENTION, "logmel-64", 32);
    TrainingWorker stock =
        new TrainingWorker(StockNetwork.create(), StockNetwork.folded(logMel.batch));
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ", 3);
      TrainingWorker worker =
          switch (words[0]) {
            case "recipe" -> recipe;
            case "logmel" -> logMel;
            default -> stock;
          };
      long start = System.nanoTime();
      worker.run(words[1].equals("train"), Integer.parseInt(words[2]));
      System.out.println("seconds " + (System.nanoTime() - start) / 1e9);
    }
  }

  private static TrainingWorker ours(String id, String features, int rows) {
    NetworkSpec spec = Networks.named(id, FeatureSets.named(features), 8, 1e-3, 1);
    Random random = new Random(1);
    List<float[]> batchRows = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      float[] values = new float[spec.input().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      batchRows.add(values);
    }
    INDArray labels = Nd4j.zeros(rows, 8);
    for (int row = 0; row < rows; row++) {
      labels.putScalar(row, random.nextInt(8), 1);
    }
    EmotionNetwork network = EmotionNetwork.create(spec);
    MultiDataSet batch = new MultiDataSet(network.features(batchRows), new INDArray[] {labels});
    return new TrainingWorker(network.graph(), batch);
  }

  private void run(boolean train, int steps) {
    for (int step = 0; step < steps; step++) {
      if (train) {
        network.fit(batch);
      } else {
        network.outputSingle(false, batch.getFeatures()).close();
      }
    }
  }
}
