package affetto.model;

import affetto.archive.Archives;
import affetto.hostile.Ordeal.Target;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.Zip64Mode;

/** A network's file, as far as it is read before Deeplearning4j sees any of it. */
public final class NetworkTarget {

  private NetworkTarget() {}

  /** The layers of a network, and a few parameters, which nobody counts yet. */
  public static byte[] seed() throws IOException {
    NetworkSpec spec =
        new NetworkSpec(
            Networks.RECIPE_CNN,
            new InputSpec(1, 12, false),
            6,
            Optimizer.ADAM,
            1e-3,
            5,
            0,
            true,
            1);
    ByteArrayOutputStream numbers = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(numbers);
    for (String type : List.of("LONG", "FLOAT")) {
      out.writeUTF("MIXED_DATA_TYPES");
      out.writeLong(6);
      out.writeUTF(type);
      out.write(new byte[6 * (type.equals("LONG") ? Long.BYTES : Float.BYTES)]);
    }
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put(
        "configuration.json",
        Networks.configuration(spec).toJson().getBytes(StandardCharsets.UTF_8));
    parts.put("coefficients.bin", numbers.toByteArray());
    return Archives.zip(parts, ZipEntry.STORED, Zip64Mode.Never);
  }

  public static Target target() {
    return new Target(
        "network", NetworkFile::read, input -> (8L << 20) + 4096L * input.length, true);
  }
}
