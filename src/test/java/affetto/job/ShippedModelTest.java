package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.store.StoredModel;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.Test;

class ShippedModelTest {

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
    byte[] bytes =
        SerializationUtils.serialize(new StoredModel(null, new byte[] {1}, new byte[] {2}));
    JobsJar executor = new JobsJar();
    Method read =
        executor.loadClass("affetto.job.ShippedModel").getDeclaredMethod("read", byte[].class);
    read.setAccessible(true);
    assertThat(read.invoke(null, (Object) bytes).getClass().getClassLoader()).isSameAs(executor);
  }
}
