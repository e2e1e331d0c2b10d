package affetto.job;

import affetto.audio.AudioDecoder;
import affetto.audio.AudioException;
import affetto.audio.Waveform;
import affetto.corpus.Emotion;
import affetto.feature.FeatureExtractor;
import affetto.feature.FeatureMatrix;
import affetto.feature.FeatureSet;
import affetto.model.TrainedModel;
import affetto.table.ScoreTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Files to rows of {@link ScoreTable}, each decoded by its content and extracted with the model's
 * own feature set. What cannot be scored becomes a row with a reason.
 *
 * @param name of the model
 * @param version of the model
 * @param maxFileBytes larger files are not read
 * @param done counts files
 */
record ScoreFiles(
    ShippedModel model,
    String name,
    int version,
    FeatureSet featureSet,
    long maxFileBytes,
    Broadcast<SerializableConfiguration> conf,
    LongAccumulator done)
    implements FlatMapFunction<Iterator<String>, Row> {

  /** A file on its way: either features, or a reason; the duration where it is known. */
  private record Heard(String uri, FeatureMatrix features, String reason, Double seconds) {}

  @Override
  public Iterator<Row> call(Iterator<String> uris) {
    if (!uris.hasNext()) {
      return Collections.emptyIterator();
    }
    TrainedModel own = model.build();
    FeatureExtractor extractor = featureSet.extractor();
    Iterable<List<String>> batches = () -> new Batches<>(uris);
    return StreamSupport.stream(batches.spliterator(), false)
        .flatMap(batch -> score(own, extractor, batch))
        .iterator();
  }

  private Stream<Row> score(TrainedModel own, FeatureExtractor extractor, List<String> uris) {
    List<Heard> heard = uris.stream().map(uri -> hear(extractor, uri)).toList();
    List<FeatureMatrix> features =
        heard.stream().filter(one -> one.reason() == null).map(Heard::features).toList();
    double[][] posteriors = features.isEmpty() ? new double[0][] : own.posteriors(features);
    List<Row> rows = new ArrayList<>(heard.size());
    int next = 0;
    for (Heard one : heard) {
      double[] posterior = one.reason() == null ? posteriors[next++] : null;
      rows.add(row(one, own.classes(), posterior));
    }
    done.add(rows.size());
    return rows.stream();
  }

  private Heard hear(FeatureExtractor extractor, String uri) {
    Double seconds = null;
    try {
      byte[] bytes = bytes(uri);
      if (bytes.length > maxFileBytes) {
        return new Heard(uri, null, "size: more than %d bytes".formatted(maxFileBytes), null);
      }
      Waveform recording = AudioDecoder.decode(bytes).waveform();
      seconds = recording.duration();
      Waveform clip = extractor.load(recording);
      if (clip.samples().length == 0) {
        String reason = "too short: %.3f s leave nothing to compute on".formatted(seconds);
        return new Heard(uri, null, reason, seconds);
      }
      return new Heard(uri, extractor.extract(clip), null, seconds);
    } catch (AudioException e) {
      return new Heard(uri, null, "audio: " + e.getMessage(), seconds);
    } catch (IOException e) {
      return new Heard(uri, null, "unreadable: " + e, seconds);
    } catch (RuntimeException e) {
      // A fault of ours costs one file, not the job.
      String what = seconds == null ? "audio: decoding failed: " : "features: ";
      return new Heard(uri, null, what + e, seconds);
    }
  }

  private byte[] bytes(String uri) throws IOException {
    Path path = new Path(uri);
    int limit = (int) Math.min(maxFileBytes + 1, Integer.MAX_VALUE - 8);
    try (FSDataInputStream in = path.getFileSystem(conf.value().value()).open(path)) {
      return in.readNBytes(limit);
    }
  }

  /** In the order of {@link ScoreTable#columns}. */
  private Row row(Heard heard, List<Emotion> classes, double[] posterior) {
    boolean ok = posterior != null;
    List<Object> values =
        new ArrayList<>(
            Arrays.asList(
                heard.uri(),
                ok ? ScoreTable.OK : ScoreTable.REJECTED,
                heard.reason(),
                ok ? classes.get(TrainedModel.best(posterior)).label() : null));
    for (int i = 0; i < classes.size(); i++) {
      values.add(ok ? (Double) posterior[i] : null);
    }
    values.addAll(Arrays.asList(heard.seconds(), name, version));
    return RowFactory.create(values.toArray());
  }
}
