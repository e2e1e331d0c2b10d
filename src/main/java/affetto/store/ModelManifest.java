package affetto.store;

import affetto.model.ClassWeights;
import affetto.model.InputSpec;
import affetto.model.NetworkSpec;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a model comes from and what it is worth: {@code manifest.json}.
 *
 * @param name the model's
 * @param version from 1; set by the store
 * @param createdAt ISO 8601, UTC
 * @param classes labels in the order of the posteriors
 * @param scheme id of the emotion scheme
 * @param featureSet what clips must be extracted with
 * @param network what was trained
 * @param layers what tells a network's layers and loss from those of another release, which may
 *     have the same {@code network}; empty of a baseline, and where a release did not say
 * @param spec every setting of the training job by its name, as {@code TrainSpec} has them
 * @param corpora what the rows came from
 * @param split who was learnt from and who was held out
 * @param rows how many rows had each role: {@code train}, {@code validation}, {@code test}, {@code
 *     unused}, {@code dropped}
 * @param scores on the validation and test rows: {@code validation} and {@code test} for all
 *     corpora together, {@code test/ravdess} and the like for one
 * @param training how it went
 * @param versions of the libraries and the JVM
 * @param sourceRevision of Affetto, {@code unknown} where the build was not told
 * @param files SHA-256 in hex of the other files of the version; set by the store
 */
public record ModelManifest(
    String name,
    int version,
    String createdAt,
    List<String> classes,
    String scheme,
    FeatureSetEntry featureSet,
    NetworkSpec network,
    String layers,
    Map<String, Object> spec,
    List<CorpusEntry> corpora,
    SplitEntry split,
    Map<String, Long> rows,
    Map<String, Score> scores,
    TrainingEntry training,
    Map<String, String> versions,
    String sourceRevision,
    Map<String, String> files)
    implements Serializable {

  public ModelManifest {
    classes = List.copyOf(classes);
    layers = layers == null ? "" : layers;
    corpora = List.copyOf(corpora);
    spec = sorted(spec);
    rows = sorted(rows);
    scores = sorted(scores);
    versions = sorted(versions);
    files = sorted(files);
  }

  /** The largest input that is believed: an hour of frames, or as many bands. */
  private static final int MOST_FRAMES = 360_000;

  private static final long MOST_VALUES = 1 << 24;

  /**
   * What keeps a manifest that somebody else wrote from being used.
   *
   * @param wantedName the model's, by the folder that it lies in
   * @param wantedVersion the same
   */
  Optional<String> fault(String wantedName, int wantedVersion) {
    if (!wantedName.equals(name) || version != wantedVersion) {
      return Optional.of("it is that of %s".formatted(reference()));
    }
    if (scheme == null
        || featureSet == null
        || network == null
        || split == null
        || training == null) {
      return Optional.of("scheme, featureSet, network, split or training is missing");
    }
    InputSpec input = network.input();
    if (network.id() == null || input == null || input.frames() < 1 || input.bands() < 1) {
      return Optional.of("its network has no id or no input");
    }
    if (input.frames() > MOST_FRAMES || (long) input.frames() * input.bands() > MOST_VALUES) {
      return Optional.of(
          "its network takes %d frames of %d bands, which are too many"
              .formatted(input.frames(), input.bands()));
    }
    return files.keySet().stream()
        .filter(
            file -> !file.matches("[A-Za-z0-9._=-]+(/[A-Za-z0-9._=-]+)*") || file.contains(".."))
        .findFirst()
        .map("it names '%s', which is no file within its folder"::formatted);
  }

  private static <V> Map<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }

  /** {@code NAME:VERSION}. */
  public String reference() {
    return name + ":" + version;
  }

  /**
   * A feature set.
   *
   * @param id what users name
   * @param version of the definition
   * @param definition everything that determines the numbers, as canonical JSON
   */
  public record FeatureSetEntry(String id, String version, String definition)
      implements Serializable {}

  /**
   * A corpus.
   *
   * @param id of the corpus
   * @param utterances that had a row of any role
   * @param fingerprint SHA-256 in hex over the utterances' ids and audio fingerprints, sorted
   */
  public record CorpusEntry(String id, long utterances, String fingerprint)
      implements Serializable {}

  /**
   * The split.
   *
   * @param protocol its id
   * @param description one sentence, to be shown beside every number
   * @param fold from 1
   * @param folds how many
   * @param sharedSpeakers speakers that stand on both sides of training and test
   * @param sharedUtterances utterances that stand on both sides of training and test
   * @param speakers everyone in the data when the split was made, sorted by id: folds of speakers
   *     depend on who is there, so they are derived from this list ever after
   */
  public record SplitEntry(
      String protocol,
      String description,
      int fold,
      int folds,
      long sharedSpeakers,
      long sharedUtterances,
      List<SpeakerEntry> speakers)
      implements Serializable {

    public SplitEntry {
      speakers = speakers == null ? List.of() : List.copyOf(speakers);
    }
  }

  /**
   * A speaker.
   *
   * @param id unique across corpora
   * @param corpus id of the corpus
   * @param gender {@code female}, {@code male} or {@code unknown}
   */
  public record SpeakerEntry(String id, String corpus, String gender) implements Serializable {}

  /**
   * A model's worth on some rows.
   *
   * @param uar mean recall over the classes that the rows have
   * @param accuracy share of rows
   * @param chance the UAR of guessing: 1 over the number of those classes
   * @param rows how many
   */
  public record Score(double uar, double accuracy, double chance, long rows)
      implements Serializable {}

  /**
   * How training went.
   *
   * @param trainer {@code parameter-averaging}, or how a baseline was trained
   * @param backend what ND4J computed with; {@code spark-mllib} of a baseline
   * @param workers side by side; of a baseline, the partitions of its rows
   * @param epochs that were run; of a baseline, steps of L-BFGS, 0 of a forest
   * @param bestEpoch whose parameters these are
   * @param classWeights what a row counted for in the loss
   * @param losses mean training loss of each epoch, with the penalty of the last layer's weight
   *     decay; of a baseline, with its regularisation, before the first step and after each
   * @param rowsPerSecond training rows over training time
   * @param waitingShare of the workers' time they waited for input, 0 to 1; 0 of a baseline
   * @param seconds of training, validation and all
   * @param resumptions where it was interrupted and went on, and what was changed there
   */
  public record TrainingEntry(
      String trainer,
      String backend,
      int workers,
      int epochs,
      int bestEpoch,
      ClassWeights classWeights,
      List<Double> losses,
      double rowsPerSecond,
      double waitingShare,
      double seconds,
      List<String> resumptions)
      implements Serializable {

    public TrainingEntry {
      classWeights = classWeights == null ? ClassWeights.EQUAL : classWeights;
      losses = List.copyOf(losses);
      resumptions = resumptions == null ? List.of() : List.copyOf(resumptions);
    }
  }

  ModelManifest as(String newName, int newVersion, Map<String, String> newFiles) {
    return new ModelManifest(
        newName,
        newVersion,
        createdAt,
        classes,
        scheme,
        featureSet,
        network,
        layers,
        spec,
        corpora,
        split,
        rows,
        scores,
        training,
        versions,
        sourceRevision,
        newFiles);
  }
}
