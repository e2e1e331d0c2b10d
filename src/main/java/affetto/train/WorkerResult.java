package affetto.train;

import java.io.Serializable;
import java.util.List;
import java.util.function.Function;

/** What a worker sends back after a round: plain arrays in a plain class, which Kryo can read. */
final class WorkerResult implements Serializable {
  private static final long serialVersionUID = 1L;
  private final float[] parameters;
  private final float[] optimizer;
  private final long millionths;
  private final long rows;
  private final boolean broken;
  private final long waited;
  private final long trained;
  private final Station station;

  /**
   * Packs it.
   *
   * @param optimizer the optimizer's numbers; empty with plain gradient descent
   */
  WorkerResult(float[] parameters, float[] optimizer, Tally tally, Station station) {
    this.parameters = parameters;
    this.optimizer = optimizer;
    this.millionths = tally.loss().millionths();
    this.rows = tally.loss().rows();
    this.broken = tally.loss().broken();
    this.waited = tally.waited();
    this.trained = tally.trained();
    this.station = station;
  }

  float[] parameters() {
    return parameters;
  }

  float[] optimizer() {
    return optimizer;
  }

  Tally tally() {
    return new Tally(new LossSum(millionths, rows, broken), waited, trained);
  }

  Station station() {
    return station;
  }

  /**
   * The mean of the workers' numbers, each summed in double precision in the order of the workers,
   * so that it is the same every time.
   */
  static float[] mean(List<WorkerResult> workers, Function<WorkerResult, float[]> numbers) {
    double[] sum = new double[numbers.apply(workers.get(0)).length];
    for (WorkerResult worker : workers) {
      float[] theirs = numbers.apply(worker);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += theirs[i];
      }
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / workers.size());
    }
    return mean;
  }
}
