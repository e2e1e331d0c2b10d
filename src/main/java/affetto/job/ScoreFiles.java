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
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
 * Files to rows of {@link ScoreTable}, each decoded by its content and extracted with the models'
 * own feature sets. What cannot be scored becomes a row with a reason.
 *
 * @param members whose posteriors are averaged
 * @param name of the model, or of the models
 * @param version of the model
 * @param maxFileBytes larger files are not read
 * @param done counts files
 */
record ScoreFiles(
    List<Member> members,
    String name,
    int version,
    long maxFileBytes,
    Broadcast<SerializableConfiguration> conf,
    LongAccumulator done)
    implements FlatMapFunction<Iterator<String>, Row> {

  /** One of the models, and what it wants to be told of a file. */
  record Member(ShippedModel model, FeatureSet featureSet) implements Serializable {}

  /** A member at work in a task; those that want the same features share their extractor. */
  private record Listener(TrainedModel model, FeatureExtractor extractor) {}

  /**
   * A file on its way: either features, for each listener, or a reason; the duration where it is
   * known.
   */
  private record Heard(String uri, List<FeatureMatrix> features, String reason, Double seconds) {}

  @Override
  public Iterator<Row> call(Iterator<String> uris) {
    if (!uris.hasNext()) {
      return Collections.emptyIterator();
    }
    Map<FeatureSet, FeatureExtractor> extractors = new HashMap<>();
    List<Listener> listeners =
        members.stream()
            .map(
                member ->
                    new Listener(
                        member.model().build(),
                        extractors.computeIfAbsent(member.featureSet(), FeatureSet::extractor)))
            .toList();
    Iterable<List<String>> batches = () -> new Batches<>(uris);
    return StreamSupport.stream(batches.spliterator(), false)
        .flatMap(batch -> score(listeners, batch))
        .iterator();
  }

  private Stream<Row> score(List<Listener> listeners, List<String> uris) {
    List<Heard> heard = uris.stream().map(uri -> hear(listeners, uri)).toList();
    List<List<FeatureMatrix>> features =
        heard.stream().filter(one -> one.reason() == null).map(Heard::features).toList();
    double[][] posteriors = features.isEmpty() ? new double[0][] : posteriors(listeners, features);
    List<Emotion> classes = listeners.get(0).model().classes();
    List<Row> rows = new ArrayList<>(heard.size());
    int next = 0;
    for (Heard one : heard) {
      double[] posterior = one.reason() == null ? posteriors[next++] : null;
      rows.add(row(one, classes, posterior));
    }
    done.add(rows.size());
    return rows.stream();
  }

  /** The mean of what all listeners say, by file and class. */
  private static double[][] posteriors(
      List<Listener> listeners, List<List<FeatureMatrix>> features) {
    double[][] mean = null;
    for (int i = 0; i < listeners.size(); i++) {
      int place = i;
      List<FeatureMatrix> own = features.stream().map(file -> file.get(place)).toList();
      double[][] posteriors = listeners.get(i).model().posteriors(own);
      mean = mean == null ? new double[posteriors.length][posteriors[0].length] : mean;
      for (int file = 0; file < mean.length; file++) {
        for (int c = 0; c < mean[file].length; c++) {
          mean[file][c] += posteriors[file][c] / listeners.size();
        }
      }
    }
    return mean;
  }

  private Heard hear(List<Listener> listeners, String uri) {
    Double seconds = null;
    try {
      byte[] bytes = bytes(uri);
      if (bytes.length > maxFileBytes) {
        return new Heard(uri, null, "size: more than %d bytes".formatted(maxFileBytes), null);
      }
      Waveform recording = AudioDecoder.decode(bytes).waveform();
      seconds = recording.duration();
      List<FeatureMatrix> features = features(listeners, recording);
      if (features.isEmpty()) {
        String reason = "too short: %.3f s leave nothing to compute on".formatted(seconds);
        return new Heard(uri, null, reason, seconds);
      }
      return new Heard(uri, features, null, seconds);
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

  /** What each listener wants, computed once for those who want the same; empty if too short. */
  private static List<FeatureMatrix> features(List<Listener> listeners, Waveform recording) {
    Map<FeatureExtractor, FeatureMatrix> features = new HashMap<>();
    for (Listener listener : listeners) {
      FeatureExtractor extractor = listener.extractor();
      if (!features.containsKey(extractor)) {
        Waveform clip = extractor.load(recording);
        if (clip.samples().length == 0) {
          return List.of();
        }
        features.put(extractor, extractor.extract(clip));
      }
    }
    return listeners.stream().map(listener -> features.get(listener.extractor())).toList();
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
