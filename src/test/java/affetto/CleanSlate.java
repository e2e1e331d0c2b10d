package affetto;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Classes of tests share a JVM, whose compiler has then seen Spark before, but no Spark: what one
 * leaves open is closed before the next. JUnit finds this by {@code META-INF/services}.
 */
public final class CleanSlate implements AfterAllCallback {

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (context.getParent().flatMap(ExtensionContext::getTestClass).isPresent()) {
      return; // nested in a class that goes on
    }
    if (SparkSession.getDefaultSession().isDefined()) {
      SparkSession.getDefaultSession().get().stop();
      SparkSession.clearActiveSession();
      SparkSession.clearDefaultSession();
    }
    // They know the settings of the Spark that is gone.
    FileSystem.closeAll();
  }
}
