package affetto.job;

import affetto.evaluation.Role;
import affetto.fault.BadInputException;
import affetto.monitor.Step;
import affetto.store.ModelManifest;
import affetto.store.StoredModel;
import affetto.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/** One run of evaluate: each model alone, and then all of them together. */
final class Evaluation {
  private final SparkSession spark;
  private final EvaluateSpec spec;
  private final Progress progress;
  private final Warehouse warehouse;

  Evaluation(SparkSession spark, EvaluateSpec spec, Progress progress) {
    this.spark = spark;
    this.spec = spec;
    this.progress = progress;
    this.warehouse = new Warehouse(spec.warehouse());
  }

  /** What the models are worth, together if there are several. */
  EvaluateResult run() {
    long start = System.nanoTime();
    Step.within(spark.sparkContext(), "evaluate");
    Panel panel =
        Panel.open(spec.store(), spec.models(), spark.sparkContext().hadoopConfiguration());
    checkFolds(panel);
    List<Division> divisions = new ArrayList<>();
    List<EvaluateResult> alone = new ArrayList<>();
    for (StoredModel model : panel.models()) {
      Division division = divide(model.manifest());
      divisions.add(division);
      alone.add(alone(new Panel(List.of(model)), division, start));
    }
    return alone.size() == 1 ? alone.get(0) : together(panel, divisions.get(0), alone, start);
  }

  /** No row is asked of a model that has learnt from it: all must have held out the same fold. */
  private static void checkFolds(Panel panel) {
    ModelManifest first = panel.manifests().get(0);
    for (ModelManifest manifest : panel.manifests()) {
      if (!held(manifest).equals(held(first))) {
        throw new BadInputException(
            "model %s was tested on %s, but %s on %s: they cannot be measured together"
                .formatted(first.reference(), held(first), manifest.reference(), held(manifest)));
      }
    }
  }

  private static String held(ModelManifest manifest) {
    ModelManifest.SplitEntry split = manifest.split();
    return "protocol %s, fold %d of %d".formatted(split.protocol(), split.fold(), split.folds());
  }

  private Division divide(ModelManifest manifest) {
    Step.begin(spark.sparkContext(), "divide rows for " + manifest.reference());
    Division division = Division.again(spark, manifest, spec.warehouse());
    if (division.census().rows(Role.TEST) == 0) {
      throw new BadInputException(
          "warehouse %s has no row to test model %s on under %s"
              .formatted(spec.warehouse(), manifest.reference(), held(manifest)));
    }
    return division;
  }

  private EvaluateResult alone(Panel panel, Division division, long start) {
    long rows = division.census().rows(Role.TEST);
    progress.say(
        "evaluate %s: %d rows; %s"
            .formatted(panel.reference(), rows, division.protocol().description()));
    Step.begin(spark.sparkContext(), "predict %d rows by %s".formatted(rows, panel.reference()));
    new Predicting(spark, warehouse, panel).ask(division);
    return measure(panel, division, start);
  }

  private EvaluateResult together(
      Panel panel, Division division, List<EvaluateResult> alone, long start) {
    Step.begin(spark.sparkContext(), "average " + panel.reference());
    new Predicting(spark, warehouse, panel).average();
    EvaluateResult result = measure(panel, division, start);
    for (EvaluateResult one : alone) {
      long rows = one.overall().rows();
      progress.say(
          String.format(
              Locale.ROOT,
              "%s alone: UAR %.1f, %d rows%s",
              one.model(),
              100 * one.overall().uar(),
              rows,
              rows == result.overall().rows() ? "" : ", not all of which all were tested on"));
    }
    return result;
  }

  private EvaluateResult measure(Panel panel, Division division, long start) {
    Step.begin(spark.sparkContext(), "measure " + panel.reference());
    return new Measuring(spark, warehouse, panel, division).measure(start);
  }
}
