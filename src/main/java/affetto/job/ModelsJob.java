package affetto.job;

import affetto.store.ModelManifest;
import affetto.store.ModelStore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * Looks into a model store. Starts no Spark, but heeds its settings {@code spark.hadoop.*}.
 *
 * <pre>{@code
 * submit/affetto models list --store /data/store
 * }</pre>
 */
public final class ModelsJob {

  private static final String ROW = "%-24s %-12s %-10s %-14s %5s  %6s %6s  %s";

  private ModelsJob() {}

  /** A table of every published version: one line a version below a heading. */
  public static List<String> list(String store) {
    List<ModelManifest> manifests = open(store).list();
    if (manifests.isEmpty()) {
      return List.of("no model in " + store);
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        ROW.formatted(
            "MODEL", "FEATURES", "SCHEME", "PROTOCOL", "FOLD", "UAR %", "CHANCE", "CREATED"));
    manifests.forEach(manifest -> lines.add(line(manifest)));
    return lines;
  }

  private static String line(ModelManifest manifest) {
    ModelManifest.Score test = manifest.scores().get("test");
    return ROW.formatted(
        manifest.reference(),
        manifest.featureSet().id(),
        manifest.scheme(),
        manifest.split().protocol(),
        manifest.split().fold() + "/" + manifest.split().folds(),
        test == null ? "-" : percent(test.uar()),
        test == null ? "-" : percent(test.chance()),
        manifest.createdAt());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  /**
   * Everything that is known of a version, as indented JSON.
   *
   * @param model {@code NAME} (its newest version) or {@code NAME:VERSION}
   */
  public static List<String> show(String store, String model) {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    try {
      return mapper.writeValueAsString(open(store).manifest(model)).lines().toList();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest that was read can be written", e);
    }
  }

  private static ModelStore open(String store) {
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
    return new ModelStore(store, hadoop);
  }
}
