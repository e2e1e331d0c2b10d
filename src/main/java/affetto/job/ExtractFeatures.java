package affetto.job;

import affetto.audio.StoredAudio;
import affetto.audio.Waveform;
import affetto.augment.Augmentation;
import affetto.dsp.Workbench;
import affetto.feature.FeatureExtractor;
import affetto.feature.FeatureMatrix;
import affetto.feature.FeatureSet;
import affetto.table.Clip;
import affetto.table.FeatureTable;
import affetto.table.UtteranceTable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/**
 * Utterances with sound to rows of the feature table: decoded and loaded once, then each missing
 * augmentation.
 *
 * @param augmentations sent once to each executor, since some hold recordings of noise
 * @param rejected receives rows of {@link affetto.table.FeatureRejectedTable}
 * @param done counts clips, rejected ones too
 */
record ExtractFeatures(
    FeatureSet featureSet,
    Broadcast<List<Augmentation>> augmentations,
    long seed,
    CollectionAccumulator<Row> rejected,
    LongAccumulator done)
    implements FlatMapFunction<Iterator<Row>, Row> {

  /** The column that names an utterance's missing augmentations. */
  static final String MISSING = "missing";

  @Override
  public Iterator<Row> call(Iterator<Row> utterances) {
    Workbench bench = new Workbench();
    FeatureExtractor extractor = featureSet.extractor(bench);
    String version = featureSet.version();
    Iterable<Row> rows = () -> utterances;
    return StreamSupport.stream(rows.spliterator(), false)
        .flatMap(row -> clips(row, extractor, version, bench))
        .iterator();
  }

  private Stream<Row> clips(
      Row utterance, FeatureExtractor extractor, String version, Workbench bench) {
    List<String> missing = utterance.getList(utterance.fieldIndex(MISSING));
    Waveform loaded = extractor.load(audio(utterance).toWaveform());
    bench.keep(loaded.samples());
    return augmentations.value().stream()
        .filter(augmentation -> missing.contains(augmentation.id()))
        .flatMap(
            augmentation ->
                clip(utterance, loaded, augmentation, extractor, version, bench).stream());
  }

  private Optional<Row> clip(
      Row utterance,
      Waveform loaded,
      Augmentation augmentation,
      FeatureExtractor extractor,
      String version,
      Workbench bench) {
    String id = utterance.getAs(UtteranceTable.UTTERANCE_ID.name());
    long clipSeed = Clip.seed(seed, id, augmentation.id(), augmentation.revision());
    done.add(1);
    if (loaded.samples().length == 0) {
      double duration = utterance.getAs(UtteranceTable.DURATION.name());
      String reason = "too short: %.3f s leave nothing to compute on".formatted(duration);
      rejected.add(rejection(utterance, augmentation.id(), clipSeed, version, reason));
      return Optional.empty();
    }
    try {
      Waveform clip = augmentation.apply(loaded, clipSeed, bench);
      FeatureMatrix features = extractor.extract(clip);
      return Optional.of(
          FeatureTable.row(
              utterance,
              featureSet.scalar(),
              version,
              augmentation.id(),
              clipSeed,
              clip.duration(),
              features));
    } catch (IllegalArgumentException e) {
      rejected.add(
          rejection(
              utterance, augmentation.id(), clipSeed, version, "features: " + e.getMessage()));
      return Optional.empty();
    } catch (RuntimeException e) {
      throw new IllegalStateException("clip " + Clip.id(id, augmentation.id()) + ": " + e, e);
    }
  }

  /** The sound of an utterance's row. */
  static StoredAudio audio(Row utterance) {
    return new StoredAudio(
        utterance.getAs(UtteranceTable.AUDIO_ENCODING.name()),
        utterance.getAs(UtteranceTable.AUDIO.name()),
        utterance.<Integer>getAs(UtteranceTable.SAMPLE_RATE.name()));
  }

  private static Row rejection(
      Row utterance, String augmentation, long seed, String version, String reason) {
    String id = utterance.getAs(UtteranceTable.UTTERANCE_ID.name());
    return RowFactory.create(
        Clip.id(id, augmentation),
        id,
        utterance.getAs(FeatureTable.CORPUS.name()),
        utterance.getAs(UtteranceTable.AUDIO_FINGERPRINT.name()),
        augmentation,
        seed,
        version,
        reason);
  }
}
