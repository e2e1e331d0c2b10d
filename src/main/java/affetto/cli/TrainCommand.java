package affetto.cli;

import affetto.job.TrainJob;
import affetto.job.TrainSpec;
import affetto.machine.GpuUse;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code affetto train}. */
@Command(
    name = "train",
    sortOptions = false,
    description = {
      "Trains a network by parameter averaging, or a baseline by Spark MLlib, and publishes it to a"
          + " store. Where the protocol promises it, no speaker and no utterance stands on both sides of training and test; a"
          + " leak is refused with exit code 4."
    },
    footer = {
      "",
      "Protocols: strict (held-out speakers, a fixed fold list for each corpus), speaker (k folds of"
          + " speakers), emobox (published fold files), utterance (random by utterance), recipe (random"
          + " by row after augmentation: leaks, as the popular recipe does).",
      "Networks: recipe-cnn for recipe-162, logmel-attention for logmel-64.",
      "Baselines, by Spark MLlib, for recipe-162, prosody and spectral: mllib-logistic (logistic"
          + " regression) and mllib-forest (random forest). Of the networks' settings they take"
          + " train.class-weights and the seed; their own are under train.baseline.",
      "More settings, such as the classes, the learning rate and early stopping, by --set: see"
          + " src/main/resources/affetto/reference.conf.",
      "GPUs: a build with -Dcuda, and conf/spark-gpu-standalone.properties, -yarn or -kubernetes,"
          + " which explain themselves. NVIDIA's of compute capability 3.7 to 8.9.",
      "Example:",
      "  submit/affetto train --warehouse /data/warehouse --store /data/store \\",
      "    --feature-set recipe-162 --network recipe-cnn --protocol speaker --fold 1 \\",
      "    --epochs 10 --workers 2 --set train.learning-rate=0.002"
    })
final class TrainCommand extends JobCommand {

  @Option(
      names = "--warehouse",
      required = true,
      paramLabel = "URI",
      description = "A warehouse with features.")
  private String warehouse;

  @Option(
      names = "--store",
      required = true,
      paramLabel = "URI",
      description = "Where the model goes, as NAME/VERSION; made if missing.")
  private String store;

  @Option(
      names = "--feature-set",
      paramLabel = "ID",
      description = "Features to learn from (key train.feature-set).")
  private String featureSet;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "What to train (key train.network).")
  private String network;

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      description = "How training and test are divided (key train.protocol).")
  private String protocol;

  @Option(
      names = "--fold",
      paramLabel = "K",
      description = "The fold to hold out, from 1 (key train.fold).")
  private Integer fold;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the rows, at most (key train.epochs).")
  private Integer epochs;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Tasks that train side by side (key train.workers).")
  private Integer workers;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Base of every random choice (key seed).")
  private Long seed;

  @Option(
      names = "--gpu",
      paramLabel = "USE",
      description =
          "Whether workers train on GPUs: never (the default), prefer (on the CPU where there is no"
              + " fit one, which the manifest says), require (Spark key spark.affetto.gpu).")
  private GpuUse gpu;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The model's name, the network's if not given (key train.name).")
  private String name;

  @Override
  public Integer call() {
    TrainSpec spec = common().specs(options()).train(warehouse, store);
    return print(
        inSession(sparkSettings(), spark -> TrainJob.run(spark, spec, progress())).report());
  }

  private Map<String, String> sparkSettings() {
    return gpu == null ? Map.of() : Map.of(GpuUse.KEY, gpu.toString());
  }

  private Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("train.feature-set", featureSet);
    options.put("train.network", network);
    options.put("train.protocol", protocol);
    options.put("train.fold", fold);
    options.put("train.epochs", epochs);
    options.put("train.workers", workers);
    options.put("train.name", name);
    options.put("seed", seed);
    return options;
  }
}
