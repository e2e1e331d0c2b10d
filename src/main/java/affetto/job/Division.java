package affetto.job;

import affetto.corpus.Emotion;
import affetto.corpus.Gender;
import affetto.corpus.Speaker;
import affetto.evaluation.Protocol;
import affetto.evaluation.Protocols;
import affetto.evaluation.Role;
import affetto.evaluation.RowKey;
import affetto.evaluation.SpeakerLeakage;
import affetto.evaluation.Split;
import affetto.fault.BadInputException;
import affetto.feature.FeatureMatrix;
import affetto.feature.FeatureSet;
import affetto.feature.FeatureSets;
import affetto.store.ModelManifest;
import affetto.table.Column;
import affetto.table.FeatureRow;
import affetto.table.FeatureTable;
import affetto.table.UtteranceTable;
import affetto.table.Warehouse;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The rows of a warehouse, divided as a training's settings say: for training, and again for
 * evaluation, so that both see the same sides.
 */
final class Division {

  private static final FeatureMatrix NOTHING = new FeatureMatrix(new float[0], 0, 0);

  private final SparkSession spark;
  private final TrainSpec spec;
  private final FeatureSet featureSet;
  private final Protocol protocol;
  private final int folds;
  private final List<Speaker> speakers;
  private final Split split;
  private final Dataset<Row> described;
  private final Census census;
  private JavaRDD<FeatureRow> all;

  private Division(SparkSession spark, TrainSpec spec, List<Speaker> roster) {
    this.spark = spark;
    this.spec = spec;
    this.featureSet = FeatureSets.named(spec.featureSet());
    this.protocol =
        spec.protocol().equals(Protocols.EMOBOX)
            ? Protocols.emobox(
                FoldFiles.read(spec.emoboxFolds(), spark.sparkContext().hadoopConfiguration()))
            : Protocols.named(spec.protocol(), spec.folds());
    this.described =
        FeatureTable.current(spark, new Warehouse(spec.warehouse()), featureSet)
            .select(names(DESCRIPTION));
    this.speakers = roster.isEmpty() ? speakers(described) : List.copyOf(roster);
    this.folds = protocol.folds(speakers);
    if (spec.fold() > folds) {
      throw new BadInputException(
          "fold must be from 1 to %d under protocol %s, was %d"
              .formatted(folds, protocol.id(), spec.fold()));
    }
    this.split =
        protocol.split(speakers, spec.fold(), spec.validationShare(), spec.training().seed());
    this.census = take(described, Admission.of(spec), split);
  }

  /**
   * Divides, and holds the protocol to its promise.
   *
   * @throws BadInputException if the warehouse has no such features, or there is no such protocol
   *     or fold
   * @throws affetto.fault.RefusedException if somebody stands on both sides against the promise
   */
  static Division of(SparkSession spark, TrainSpec spec) {
    return of(spark, spec, List.of());
  }

  /**
   * Divides without holding the protocol to its promise: to look at, not to train on.
   *
   * @throws BadInputException as {@link #of}
   */
  static Division look(SparkSession spark, TrainSpec spec) {
    return new Division(spark, spec, List.of());
  }

  /**
   * Divides again as a model's training did, among those who were there then: a corpus that was
   * ingested since moves nobody into another fold.
   *
   * @param manifest of the model
   * @param warehouse holds the features now
   * @throws BadInputException if the manifest's settings cannot be read, and as {@link #of}
   * @throws affetto.fault.RefusedException as {@link #of}
   */
  static Division again(SparkSession spark, ModelManifest manifest, String warehouse) {
    TrainSpec recorded;
    try {
      recorded = RecordedSettings.read(manifest.spec());
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          "model %s: its manifest does not say how it was trained".formatted(manifest.reference()),
          e);
    }
    List<Speaker> roster =
        manifest.split().speakers().stream()
            .map(entry -> new Speaker(entry.id(), entry.corpus(), Gender.ofLabel(entry.gender())))
            .toList();
    return of(spark, recorded.in(warehouse), roster);
  }

  private static Division of(SparkSession spark, TrainSpec spec, List<Speaker> roster) {
    Division division = new Division(spark, spec, roster);
    division.leakage().enforce(division.protocol);
    return division;
  }

  FeatureSet featureSet() {
    return featureSet;
  }

  Protocol protocol() {
    return protocol;
  }

  Census census() {
    return census;
  }

  SpeakerLeakage leakage() {
    return census.leakage();
  }

  /** Corpora whose utterances are not, or not all, those that a model was trained among. */
  List<String> changedSince(ModelManifest manifest) {
    List<ModelManifest.CorpusEntry> then = manifest.corpora();
    List<ModelManifest.CorpusEntry> now = census.corpora();
    return Stream.concat(then.stream(), now.stream())
        .filter(entry -> !then.contains(entry) || !now.contains(entry))
        .map(ModelManifest.CorpusEntry::id)
        .distinct()
        .sorted()
        .toList();
  }

  /** The division as a manifest keeps it. */
  ModelManifest.SplitEntry splitEntry() {
    SpeakerLeakage leakage = leakage();
    return new ModelManifest.SplitEntry(
        protocol.id(),
        protocol.description(),
        spec.fold(),
        folds,
        leakage.sharedSpeakers(),
        leakage.sharedUtterances(),
        speakers.stream()
            .sorted(Comparator.comparing(Speaker::id))
            .map(s -> new ModelManifest.SpeakerEntry(s.id(), s.corpus(), s.gender().label()))
            .toList());
  }

  /** One side's rows with their features, in no particular order; read anew by each action. */
  JavaRDD<FeatureRow> rows(Role role) {
    if (all == null) {
      all = FeatureTable.rows(spark, new Warehouse(spec.warehouse()), featureSet);
    }
    return all.filter(standsOn(role));
  }

  /** The ids of one side's clips; the features are left unread. */
  JavaRDD<String> clips(Role role) {
    return described.toJavaRDD().map(Division::bare).filter(standsOn(role)).map(FeatureRow::clip);
  }

  private Function<FeatureRow, Boolean> standsOn(Role role) {
    Split side = split;
    Admission admission = Admission.of(spec);
    return row -> admission.admits(row) && side.roleOf(row.key()) == role;
  }

  /** What another division's training side has of one of this one's sides, over this one's rows. */
  Overlap overlap(Role side, Division other) {
    Split here = split;
    Split there = other.split;
    Admission admitsHere = Admission.of(spec);
    Admission admitsThere = Admission.of(other.spec);
    return described
        .toJavaRDD()
        .map(Division::bare)
        .treeAggregate(
            new Overlap(),
            (overlap, row) ->
                overlap.add(
                    row.key(),
                    admitsHere.admits(row) && here.roleOf(row.key()) == side,
                    admitsThere.admits(row) && there.roleOf(row.key()).teaches()),
            Overlap::merge);
  }

  private static Census take(Dataset<Row> rows, Admission admission, Split split) {
    return rows.toJavaRDD()
        .treeAggregate(
            new Census(), (census, row) -> census.add(bare(row), admission, split), Census::merge);
  }

  private static List<Speaker> speakers(Dataset<Row> rows) {
    return rows
        .select(names(List.of(UtteranceTable.SPEAKER, FeatureTable.CORPUS, UtteranceTable.GENDER)))
        .distinct()
        .collectAsList()
        .stream()
        .map(
            row ->
                new Speaker(row.getString(0), row.getString(1), Gender.ofLabel(row.getString(2))))
        .toList();
  }

  /** What a split looks at; the features are left unread. */
  private static final List<Column> DESCRIPTION =
      List.of(
          FeatureTable.CLIP_ID,
          FeatureTable.CORPUS,
          UtteranceTable.SPEAKER,
          UtteranceTable.UTTERANCE_ID,
          UtteranceTable.AUDIO_FINGERPRINT,
          FeatureTable.AUGMENTATION,
          UtteranceTable.EMOTION,
          UtteranceTable.DUPLICATE_OF,
          UtteranceTable.LABEL_CONFLICT,
          UtteranceTable.SILENT,
          UtteranceTable.GENDER);

  private static FeatureRow bare(Row row) {
    return new FeatureRow(
        row.getString(0),
        new RowKey(
            row.getString(1),
            row.getString(2),
            row.getString(3),
            row.getString(4),
            row.getString(5)),
        Emotion.ofLabel(row.getString(6)),
        !row.isNullAt(7),
        row.getBoolean(8),
        row.getBoolean(9),
        NOTHING);
  }

  private static org.apache.spark.sql.Column[] names(List<Column> columns) {
    return columns.stream()
        .map(column -> functions.col(column.name()))
        .toArray(org.apache.spark.sql.Column[]::new);
  }
}
