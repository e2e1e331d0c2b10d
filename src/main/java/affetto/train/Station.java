package affetto.train;

import affetto.machine.GpuUse;
import affetto.model.Backend;
import affetto.model.NativeMemory;
import affetto.model.NativeThreads;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a worker trains: what its executor computes with, and what that may take of the machine. An
 * executor says so once in its log, and every worker's result carries it to the driver.
 */
final class Station implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String executor;
  private final String backend;
  private final String memory;
  private final boolean spoilt;

  Station(String executor, String backend, String memory, boolean spoilt) {
    this.executor = executor;
    this.backend = backend;
    this.memory = memory;
    this.spoilt = spoilt;
  }

  /** Looked at once, when the first worker has its device and its threads. */
  private static final class Here {
    private static final Logger LOG = LoggerFactory.getLogger(Station.class);
    private static final Station STATION = look(Device.of(TaskContext.get()));

    private static Station look(Device device) {
      Station station =
          new Station(
              Device.executor(),
              words(device),
              NativeMemory.now().line(),
              device.choice().isGpu() && device.use() == GpuUse.REQUIRE && !Backend.isCuda());
      LOG.info("{}", station.line());
      return station;
    }

    private static String words(Device device) {
      String backend = Backend.name();
      if (!device.choice().isGpu()) {
        String why = device.choice().why();
        return why.isEmpty() ? backend : "%s, since %s".formatted(backend, why);
      }
      String gpu = device.choice().gpu();
      return Backend.isCuda()
          ? "%s, %s".formatted(backend, gpu)
          : "%s, since ND4J does not take %s".formatted(backend, gpu);
    }
  }

  /**
   * Readies this executor for a worker, before that uses anything of ND4J.
   *
   * @param threads that its operations may use
   * @throws affetto.fault.RefusedException if it has not got the GPU that is required
   */
  static Station ready(int threads) {
    Device.of(TaskContext.get());
    NativeThreads.limit(threads);
    Station station = Here.STATION;
    if (station.spoilt) {
      throw Device.refusal("it computes with " + station.backend);
    }
    return station;
  }

  /** {@code executor 3 on host}. */
  String executor() {
    return executor;
  }

  /** {@code cpu (-onednn)}; {@code cuda, GPU 0, ...}; {@code cpu (-onednn), since GPU 0, ...}. */
  String backend() {
    return backend;
  }

  /** All of it. */
  String line() {
    return "%s: %s; %s".formatted(executor, backend, memory);
  }
}
