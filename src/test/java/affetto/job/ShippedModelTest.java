package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.model.Classifier;
import affetto.model.FeatureScaler;
import affetto.model.InputSpec;
import affetto.model.ModelFolder;
import affetto.model.TrainedModel;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.List;
import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.Test;

class ShippedModelTest {

  /** Sees nothing, and believes in both sides alike. */
  private record Coin() implements Classifier {
    @Override
    public InputSpec input() {
      return new InputSpec(1, 1, false);
    }

    @Override
    public double[][] posteriors(List<float[]> rows) {
      return rows.stream().map(row -> new double[] {0.5, 0.5}).toArray(double[][]::new);
    }

    @Override
    public void write(ModelFolder folder) {}
  }

  /** As on an executor: our classes come by the job's jar, Spark's libraries by its class path. */
  private static final class JobsJar extends ClassLoader {
    JobsJar() {
      super(ShippedModelTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("affetto.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void aModelIsReadWithTheLoaderOfTheJobsJar() throws ReflectiveOperationException {
    FeatureScaler scaler = new FeatureScaler(List.of(0.0), List.of(1.0));
    byte[] bytes =
        SerializationUtils.serialize(new TrainedModel(new Coin(), scaler, List.of(), "coin", "1"));
    JobsJar executor = new JobsJar();
    Method read =
        executor.loadClass("affetto.job.ShippedModel").getDeclaredMethod("read", byte[].class);
    read.setAccessible(true);
    assertThat(read.invoke(null, (Object) bytes).getClass().getClassLoader()).isSameAs(executor);
  }
}
