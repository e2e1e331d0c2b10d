package affetto.cli;

import affetto.job.FoldsResult;
import affetto.job.FoldsSpec;
import affetto.job.TrainFoldsJob;
import affetto.job.TrainJob;
import affetto.job.TrainSpec;
import affetto.machine.GpuUse;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code affetto train}. */
@Command(
    name = "train",
    sortOptions = false,
    description = {
      "Trains a network by parameter averaging, or a baseline by Spark MLlib, and publishes it to a"
          + " store. Where the protocol promises it, no speaker and no utterance stands on both sides"
          + " of training and test; a leak is refused with exit code 4, and so is a model that is not"
          + " good enough for --min-uar or --must-beat.",
      "After each epoch of a network the store receives a checkpoint; a training that was killed goes"
          + " on with --resume and the same settings, and comes to the same model. A training that runs"
          + " away stops, and says how to go on from the last good state."
    },
    footer = {
      "",
      "Protocols: strict (held-out speakers, a fixed fold list for each corpus), speaker (k folds of"
          + " speakers), emobox (published fold files), utterance (random by utterance), recipe (random"
          + " by row after augmentation: leaks, as the popular recipe does).",
      "Networks: recipe-cnn for recipe-162, logmel-attention and logmel-levels for logmel-64,"
          + " prosody-mlp for prosody, spectral or recipe-162.",
      "Baselines, by Spark MLlib, for recipe-162, prosody and spectral: mllib-logistic (logistic"
          + " regression) and mllib-forest (random forest). Of the networks' settings they take"
          + " train.class-weights and the seed; their own are under train.baseline.",
      "More settings, such as the classes, the schedule and early stopping, by --set: see"
          + " src/main/resources/affetto/reference.conf.",
      "GPUs: a build with -Dcuda, and conf/spark-gpu-standalone.properties, -yarn or -kubernetes,"
          + " which explain themselves. NVIDIA's of compute capability 3.7 to 8.9.",
      "Example:",
      "  submit/affetto train --warehouse /data/warehouse --store /data/store \\",
      "    --feature-set recipe-162 --network recipe-cnn --protocol speaker --fold 1 \\",
      "    --epochs 10 --workers 2 --learning-rate 0.002",
      "A cross-validation, each fold with two seeds:",
      "  submit/affetto train --warehouse /data/warehouse --store /data/store \\",
      "    --feature-set recipe-162 --network recipe-cnn --protocol strict --folds all --seeds 1,2",
      "If it was killed, the same again with --resume. To replace a model only by a better one:",
      "  ... --name emotions --min-uar 45 --must-beat emotions"
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
      names = "--folds",
      paramLabel = "all|K,K",
      description = {
        "Several folds instead: one model each, as many side by side as there are task slots for, and a"
            + " table of their UAR at the end. If one fails, the others go on, and the exit code is its"
            + " own. With --resume, what is published with the same settings is left alone."
      })
  private String folds;

  @Option(
      names = "--seeds",
      paramLabel = "N,N",
      split = ",",
      description = "Each of the folds with each of these seeds, instead of one.")
  private List<Long> seeds = List.of();

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = {
        "Trainings side by side, where there are several; by default as many as find task slots."
            + " Executors with a GPU for training alone, which are yet to come, are reckoned by"
            + " spark.dynamicAllocation.maxExecutors; without, trainings come one by one."
      })
  private int parallel;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the rows, at most (key train.epochs).")
  private Integer epochs;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description =
          "The step size: the first, or the highest of a one-cycle schedule; if not given, as suits"
              + " the network (key train.learning-rate).")
  private Double learningRate;

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

  @Option(
      names = "--resume",
      description = {
        "Go on from the last checkpoint of this training; begin where there is none. Fold, network,"
            + " rows and most settings must be the same. Clip norm, the learning rate with its plateaus"
            + " and patience may change (not between none and some, where validation-share is auto),"
            + " and the epochs unless the schedule is one-cycle; a new learning rate holds from there"
            + " on. Not for baselines, which are trained in one go."
      })
  private boolean resume;

  @Option(
      names = "--min-uar",
      paramLabel = "PERCENT",
      description = {
        "Publish no model with a lower UAR on the test rows, where there are none on the validation"
            + " rows (key train.min-uar)."
      })
  private Double minUar;

  @Option(
      names = "--must-beat",
      paramLabel = "NAME[:VERSION]",
      description = {
        "Publish only what has a higher UAR than this model of the store on the same rows; refused"
            + " before training where that model has learnt from them (key train.must-beat)."
      })
  private String mustBeat;

  @Override
  public Integer call() {
    boolean several = folds != null || !seeds.isEmpty();
    FoldsSpec wanted = several ? wanted() : null;
    if (!several && parallel != 0) {
      throw usage("--parallel is for --folds or --seeds");
    }
    TrainSpec spec = common().specs(options()).train(warehouse, store);
    return several ? trainAll(spec, wanted) : trainOne(spec);
  }

  private FoldsSpec wanted() {
    if (folds != null && fold != null) {
      throw usage("either --fold or --folds");
    }
    if (!seeds.isEmpty() && seed != null) {
      throw usage("either --seed or --seeds");
    }
    if (parallel < 0) {
      throw usage("--parallel must be at least 1, was " + parallel);
    }
    if (folds == null) {
      throw usage("--seeds needs --folds: all, or such as 1,3");
    }
    if (folds.equals("all")) {
      return new FoldsSpec(List.of(), seeds, parallel);
    }
    if (!folds.matches("[1-9][0-9]{0,2}(,[1-9][0-9]{0,2})*")) {
      throw usage("--folds must be all, or numbers from 1 such as 1,3; was '%s'".formatted(folds));
    }
    List<Integer> numbers = Stream.of(folds.split(",", -1)).map(Integer::valueOf).toList();
    return new FoldsSpec(numbers, seeds, parallel);
  }

  private int trainAll(TrainSpec spec, FoldsSpec wanted) {
    FoldsResult result =
        inSession(
            sparkSettings(), spark -> TrainFoldsJob.run(spark, spec, wanted, resume, progress()));
    print(result.report());
    return code(result.failed(), err(), debug());
  }

  /** Says what failed. A fault of ours counts before bad input, that before what was refused. */
  static int code(List<FoldsResult.Failed> failed, PrintWriter err, boolean debug) {
    int code = ExitCodes.DONE;
    for (FoldsResult.Failed training : failed) {
      err.println("affetto: %s failed:".formatted(training.name()));
      int its = Faults.report(training.fault(), err, debug);
      code = code == ExitCodes.DONE ? its : Math.min(code, its);
    }
    return code;
  }

  private int trainOne(TrainSpec spec) {
    return print(
        inSession(sparkSettings(), spark -> TrainJob.run(spark, spec, resume, progress()))
            .report());
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
    options.put("train.learning-rate", learningRate);
    options.put("train.workers", workers);
    options.put("train.name", name);
    options.put("train.min-uar", minUar);
    options.put("train.must-beat", mustBeat);
    options.put("seed", seed);
    return options;
  }
}
