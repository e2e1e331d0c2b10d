package affetto.bench;

import affetto.dsp.DoubleBatchFft;
import affetto.dsp.Fft;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jtransforms.fft.DoubleFFT_1D;
import org.jtransforms.fft.FloatFFT_1D;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One real transform: ours of many at once, ours of one, and JTransforms. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TransformBench {
  private static final int FRAMES = 108;

  @Param({"512", "2048"})
  int size;

  private DoubleBatchFft batch;
  private Fft single;
  private double[] samples;
  private double[] re;
  private double[] im;
  private DoubleFFT_1D theirs;
  private FloatFFT_1D theirsInFloat;
  private double[] buffer;
  private float[] floatBuffer;

  @Setup
  public void setUp() {
    SplittableRandom random = new SplittableRandom(1);
    batch = new DoubleBatchFft(size, FRAMES);
    single = new Fft(size);
    samples = random.doubles(size, -1, 1).toArray();
    re = new double[single.bins()];
    im = new double[single.bins()];
    theirs = new DoubleFFT_1D(size);
    theirsInFloat = new FloatFFT_1D(size);
    buffer = new double[size];
    floatBuffer = new float[size];
  }

  /** Fills its input each time, as the others do: in place, values would grow without bound. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public double[] batch() {
    for (int i = 0; i < size; i++) {
      double[] row = batch.samples(i);
      for (int t = 0; t < FRAMES; t++) {
        row[t] = samples[i];
      }
    }
    batch.forward(FRAMES);
    return batch.re()[1];
  }

  @Benchmark
  public double[] single() {
    single.forward(samples, re, im);
    return re;
  }

  @Benchmark
  public double[] jtransforms() {
    System.arraycopy(samples, 0, buffer, 0, size);
    theirs.realForward(buffer);
    return buffer;
  }

  @Benchmark
  public float[] jtransformsInFloat() {
    for (int i = 0; i < size; i++) {
      floatBuffer[i] = (float) samples[i];
    }
    theirsInFloat.realForward(floatBuffer);
    return floatBuffer;
  }
}
