package affetto.train;

import affetto.machine.Cuda;
import affetto.machine.GpuChoice;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Fixes the GPU of every executor when it starts, before any task can load ND4J, and hides all GPUs
 * from a driver that does not train. Spark finds it by {@code spark.plugins}.
 */
public final class DevicePlugin implements SparkPlugin {

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public Map<String, String> init(SparkContext spark, PluginContext context) {
        if (Cuda.onClassPath() && !Cuda.isLoaded() && !Device.inOneJvm(context.conf())) {
          Cuda.show(GpuChoice.NONE);
        }
        return Map.of();
      }
    };
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext context, Map<String, String> fromDriver) {
        Device.fix(context.conf(), context.resources());
      }
    };
  }
}
