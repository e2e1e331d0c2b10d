package affetto.job;

import affetto.table.SoundRow;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Computes the clips of some utterances over and over, first until the compiler has warmed up, then
 * by the clock.
 *
 * @param extract as the sweep would
 * @param warmUpSeconds that don't count
 * @param seconds that count
 */
record TimeClips(
    ExtractFeatures extract, Broadcast<List<SoundRow>> sample, double warmUpSeconds, double seconds)
    implements FlatMapFunction<Iterator<Integer>, Double> {

  /**
   * @param tasks the number of this one: each begins with another utterance
   * @return rows a second of this core
   */
  @Override
  public Iterator<Double> call(Iterator<Integer> tasks) {
    int first = tasks.next();
    rows(first, warmUpSeconds);
    long start = System.nanoTime();
    long rows = rows(first, seconds);
    return List.of(rows / ((System.nanoTime() - start) / 1e9)).iterator();
  }

  private long rows(int first, double forSeconds) {
    List<SoundRow> utterances = sample.value();
    long end = System.nanoTime() + (long) (forSeconds * 1e9);
    Iterator<SoundRow> again =
        Stream.iterate(first, i -> System.nanoTime() < end, i -> i + 1)
            .map(i -> utterances.get(i % utterances.size()))
            .iterator();
    Iterator<InternalRow> rows = extract.call(again);
    long count = 0;
    while (rows.hasNext()) {
      rows.next();
      count++;
    }
    return count;
  }
}
