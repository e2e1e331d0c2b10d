package affetto.job;

import affetto.audio.StoredAudio;
import affetto.audio.Waveform;
import affetto.augment.Augmentation;
import affetto.feature.FeatureMatrix;
import affetto.job.FeatureEngines.Engine;
import affetto.table.Clip;
import affetto.table.FeatureTable;
import affetto.table.FeatureWriter;
import affetto.table.SoundRow;
import affetto.table.UtteranceTable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Utterances with sound to rows of the feature table: decoded and loaded once, then each missing
 * augmentation.
 *
 * @param engines to compute with, one for each task that runs at a time
 * @param wanted sent once to each executor, since some augmentations hold recordings of noise
 * @param missing the clips to make, of those that are wanted
 * @param rejected receives rows of {@link affetto.table.FeatureRejectedTable}
 * @param done counts clips, rejected ones too
 */
record ExtractFeatures(
    Broadcast<FeatureEngines> engines,
    Broadcast<WantedClips> wanted,
    Broadcast<RoaringBitmap> missing,
    CollectionAccumulator<Row> rejected,
    LongAccumulator done)
    implements FlatMapFunction<Iterator<SoundRow>, InternalRow> {

  @Override
  public Iterator<InternalRow> call(Iterator<SoundRow> utterances) {
    Engine engine = engines.value().lend(TaskContext.get());
    Iterable<SoundRow> rows = () -> utterances;
    return StreamSupport.stream(rows.spliterator(), false)
        .flatMap(row -> clips(row, engine))
        .iterator();
  }

  private Stream<InternalRow> clips(SoundRow utterance, Engine engine) {
    List<Augmentation> augmentations =
        wanted.value().augmentations(utterance.id(), missing.value());
    if (augmentations.isEmpty()) {
      return Stream.empty();
    }
    Waveform loaded;
    try {
      loaded = engine.extractor().load(audio(utterance).toWaveform());
    } catch (IllegalArgumentException e) {
      done.add(augmentations.size());
      augmentations.forEach(
          augmentation -> reject(utterance, augmentation, "features: " + e.getMessage()));
      return Stream.empty();
    }
    engine.bench().keep(loaded.samples());
    return augmentations.stream()
        .flatMap(augmentation -> clip(utterance, loaded, augmentation, engine).stream());
  }

  private Optional<InternalRow> clip(
      SoundRow utterance, Waveform loaded, Augmentation augmentation, Engine engine) {
    String version = engines.value().featureSet().version();
    String id = augmentation.id();
    long clipSeed = wanted.value().seed(utterance.id(), augmentation);
    done.add(1);
    if (loaded.samples().length == 0) {
      reject(
          utterance,
          augmentation,
          "too short: %.3f s leave nothing to compute on".formatted(utterance.duration()));
      return Optional.empty();
    }
    try {
      Waveform clip = augmentation.apply(loaded, clipSeed, engine.bench());
      FeatureMatrix features = engine.extractor().extract(clip);
      return Optional.of(
          FeatureWriter.packed(utterance, version, id, clipSeed, clip.duration(), features));
    } catch (IllegalArgumentException e) {
      reject(utterance, augmentation, "features: " + e.getMessage());
      return Optional.empty();
    } catch (RuntimeException e) {
      throw new IllegalStateException("clip " + Clip.id(utterance.id(), id) + ": " + e, e);
    }
  }

  /** The sound of an utterance's row. */
  static StoredAudio audio(SoundRow utterance) {
    return new StoredAudio(utterance.encoding(), utterance.audio(), utterance.sampleRate());
  }

  private void reject(SoundRow utterance, Augmentation augmentation, String reason) {
    String id = utterance.id();
    rejected.add(
        RowFactory.create(
            Clip.id(id, augmentation.id()),
            id,
            utterance.text(FeatureTable.CORPUS),
            utterance.text(UtteranceTable.AUDIO_FINGERPRINT),
            augmentation.id(),
            wanted.value().seed(id, augmentation),
            engines.value().featureSet().version(),
            reason));
  }
}
