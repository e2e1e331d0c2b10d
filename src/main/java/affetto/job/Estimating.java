package affetto.job;

import affetto.feature.FeatureSet;
import affetto.job.Rounds.Round;
import affetto.monitor.Step;
import affetto.table.SoundRow;
import affetto.table.UtteranceTable;
import affetto.table.Warehouse;
import affetto.table.WideRows;
import affetto.train.ScopedBroadcast;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.roaringbitmap.RoaringBitmap;

/** Says what a plan would make and how long it would take, by computing some of its clips. */
final class Estimating {

  private static final double WARM_UP_SECONDS = 6;
  private static final double SECONDS = 6;

  /** Utterances to compute with, from so many files spread over all. */
  private static final int SAMPLE = 24;

  private static final int SAMPLE_FILES = 4;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final SweepSpec spec;
  private final FeatureSet featureSet;
  private final int cores;

  Estimating(SparkSession spark, SweepSpec spec, FeatureSet featureSet) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.spec = spec;
    this.featureSet = featureSet;
    this.cores = spark.sparkContext().defaultParallelism();
  }

  SweepEstimate estimate(SweepPlan plan) {
    WantedClips wanted = plan.wanted().value();
    RoaringBitmap missing = plan.missing();
    Rounds rounds = new Rounds(wanted, missing);
    Round all = rounds.done() ? Round.NONE : rounds.next(Long.MAX_VALUE);
    double bytesOfRow = RowSize.of(featureSet, wanted.meanSeconds());
    Map<String, Long> clips = wanted.count(missing);
    return new SweepEstimate(
        featureSet.id(),
        clips.entrySet().stream()
            .map(
                count ->
                    new SweepEstimate.Count(
                        count.getKey(),
                        count.getValue(),
                        wanted.utterances().size() - count.getValue()))
            .toList(),
        all.utterances().getLongCardinality(),
        all.bytes(),
        (long) (all.clips() * bytesOfRow),
        clips.values().stream()
            .filter(count -> count > 0)
            .mapToLong(count -> spec.sizes().files(count * bytesOfRow))
            .sum(),
        cores,
        all.clips() == 0 ? 0 : clipsPerSecond(plan, missing, all));
  }

  private double clipsPerSecond(SweepPlan plan, RoaringBitmap missing, Round all) {
    CollectionAccumulator<Row> rejected = new CollectionAccumulator<>();
    LongAccumulator done = new LongAccumulator();
    spark.sparkContext().register(rejected, "rejected clips of the sample");
    spark.sparkContext().register(done, "clips of the sample");
    Step.begin(spark.sparkContext(), "measure how long a clip takes");
    try (ScopedBroadcast<List<SoundRow>> sample =
            ScopedBroadcast.of(context, sample(plan.wanted().value(), all));
        ScopedBroadcast<RoaringBitmap> clips = ScopedBroadcast.of(context, missing);
        ScopedBroadcast<FeatureEngines> engines =
            ScopedBroadcast.of(context, new FeatureEngines(featureSet))) {
      ExtractFeatures extract =
          new ExtractFeatures(
              engines.broadcast(), plan.wanted(), clips.broadcast(), rejected, done);
      return context
          .parallelize(IntStream.range(0, cores).boxed().toList(), cores)
          .mapPartitions(new TimeClips(extract, sample.broadcast(), WARM_UP_SECONDS, SECONDS))
          .reduce(Double::sum);
    }
  }

  /** Utterances that lack a clip, spread over the files. */
  private List<SoundRow> sample(WantedClips wanted, Round all) {
    List<String> files = spread(all.files(), SAMPLE_FILES);
    Set<String> ids = new HashSet<>();
    for (String file : files) {
      int number = wanted.utterances().fileNames().indexOf(file);
      List<Integer> lacking =
          all.utterances().stream()
              .filter(utterance -> wanted.utterances().file(utterance) == number)
              .boxed()
              .toList();
      spread(lacking, SAMPLE / files.size())
          .forEach(utterance -> ids.add(wanted.utterances().id(utterance)));
    }
    return UtteranceTable.sounds(
            spark, new Warehouse(spec.warehouse()), files, WideRows.GROUP_BYTES)
        .filter(utterance -> ids.contains(utterance.id()))
        .collect();
  }

  private static <T> List<T> spread(List<T> all, int most) {
    List<T> some = new ArrayList<>();
    int count = Math.min(most, all.size());
    for (int i = 0; i < count; i++) {
      some.add(all.get((int) ((long) i * all.size() / count)));
    }
    return some;
  }
}
