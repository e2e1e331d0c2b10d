package affetto.store;

import affetto.hostile.Ordeal.Target;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The JSON of a store. */
public final class StoreTargets {

  private StoreTargets() {}

  public static List<Target> all() {
    return List.of(
        new Target("manifest", StoreTargets::manifest, StoreTargets::bound, true),
        new Target(
            "checkpoint",
            input -> StoreJson.read(input, Checkpoint.class),
            StoreTargets::bound,
            true));
  }

  /** A manifest, or a checkpoint's description, as it is written. */
  public static byte[] seed(String target) throws IOException {
    if (target.equals("manifest")) {
      return StoreJson.write(ModelStoreTest.manifest().as("m", 1, Map.of("scaler.json", "ab")));
    }
    return StoreJson.write(
        new Checkpoint(
            Map.of("fold", "1"),
            Map.of("epochs", "3"),
            5,
            1,
            List.of(1e-3, 0.0),
            1,
            List.of(new Checkpoint.EpochEntry(1.5, 0.4, 1e-3, 100, "cpu")),
            7,
            List.of("none"),
            "2026-01-01T00:00:00Z",
            Map.of("parameters.f32", "ab")));
  }

  private static long bound(byte[] input) {
    return (8L << 20) + 1024L * input.length;
  }

  private static void manifest(byte[] input) throws IOException {
    ModelManifest manifest = StoreJson.read(input, ModelManifest.class);
    if (manifest != null) {
      manifest.fault("m", 1);
    }
  }
}
