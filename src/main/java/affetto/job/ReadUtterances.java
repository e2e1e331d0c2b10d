package affetto.job;

import affetto.archive.ArchiveException;
import affetto.audio.AudioDecoder;
import affetto.audio.AudioException;
import affetto.audio.AudioFingerprint;
import affetto.audio.AudioQuality;
import affetto.audio.Recording;
import affetto.audio.StoredAudio;
import affetto.corpus.Corpus;
import affetto.corpus.UnparsableNameException;
import affetto.corpus.Utterance;
import affetto.fault.BadInputException;
import affetto.table.UtteranceTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Files to rows of the utterance table, all but its two last columns, which need the whole
 * warehouse. A file that cannot be decoded becomes a rejection; one that cannot be read ends it
 * all.
 *
 * @param corpus the corpus's id
 * @param maxFileBytes of what the file turns out to hold
 * @param done counts files
 */
record ReadUtterances(
    String corpus,
    long maxFileBytes,
    Broadcast<SerializableConfiguration> conf,
    CollectionAccumulator<IngestResult.Rejection> rejections,
    LongAccumulator done)
    implements FlatMapFunction<Iterator<List<SourceFile>>, Row> {

  @Override
  public Iterator<Row> call(Iterator<List<SourceFile>> utterances) {
    Corpus names = Corpus.named(corpus);
    List<List<SourceFile>> part = new ArrayList<>();
    utterances.forEachRemaining(part::add);
    SourceReader reader =
        new SourceReader(conf.value().value(), part.stream().flatMap(List::stream).toList());
    TaskCompletionListener closing = context -> close(reader);
    TaskContext.get().addTaskCompletionListener(closing);
    return part.stream().flatMap(files -> firstReadable(names, reader, files).stream()).iterator();
  }

  private static void close(SourceReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the first file that can be decoded; those behind it are rejected unread. */
  private Optional<Row> firstReadable(Corpus names, SourceReader reader, List<SourceFile> files) {
    Optional<Row> taken = Optional.empty();
    String by = "";
    for (SourceFile file : files) {
      done.add(1);
      if (taken.isPresent()) {
        rejections.add(IngestResult.Rejection.sameId(file.uri(), taken.get().getString(0), by));
        continue;
      }
      taken = read(names, reader, file);
      by = file.uri();
    }
    return taken;
  }

  private Optional<Row> read(Corpus names, SourceReader reader, SourceFile file) {
    try {
      byte[] bytes = reader.read(file, (int) Math.min(maxFileBytes + 1, Integer.MAX_VALUE - 8));
      if (bytes.length > maxFileBytes) {
        reject(file, "size: more than %d bytes".formatted(maxFileBytes));
        return Optional.empty();
      }
      return Optional.of(row(names.parse(file.uri()), file.modified(), bytes));
    } catch (AudioException e) {
      reject(file, "audio: " + e.getMessage());
    } catch (ArchiveException e) {
      reject(file, "archive: " + e.getMessage());
    } catch (UnparsableNameException e) {
      reject(file, "name: " + e.getMessage());
    } catch (IOException e) {
      // No fault of the file's: rejected, it would take the clip that it once gave out of the
      // warehouse.
      throw new BadInputException("%s: cannot be read: %s".formatted(file.uri(), e), e);
    } catch (RuntimeException e) {
      // A fault of ours in a decoder costs one file, not the job.
      reject(file, "audio: decoding failed: " + e);
    }
    return Optional.empty();
  }

  private void reject(SourceFile file, String reason) {
    rejections.add(new IngestResult.Rejection(file.uri(), reason));
  }

  /** The columns of {@link UtteranceTable#TABLE} up to {@code silent}, in its order. */
  static Row row(Utterance utterance, long modified, byte[] file) throws AudioException {
    Recording recording = AudioDecoder.decode(file);
    if (recording.waveform().samples().length == 0) {
      throw new AudioException("there is no sample in it");
    }
    StoredAudio audio = StoredAudio.of(recording.waveform());
    AudioQuality quality = AudioQuality.of(recording.waveform());
    return RowFactory.create(
        utterance.id(),
        utterance.speaker().id(),
        utterance.speaker().gender().label(),
        utterance.emotion().label(),
        utterance.channel().label(),
        utterance.intensity().label(),
        utterance.text(),
        utterance.repetition(),
        utterance.uri(),
        (long) file.length,
        modified,
        DigestUtils.sha256Hex(file),
        recording.waveform().sampleRate(),
        recording.channels(),
        recording.encoding(),
        audio.encoding(),
        audio.bytes(),
        AudioFingerprint.of(recording.waveform()),
        quality.durationSeconds(),
        quality.peak(),
        quality.rms(),
        quality.clippingShare(),
        quality.dcOffset(),
        quality.silenceShare(),
        quality.silent());
  }
}
