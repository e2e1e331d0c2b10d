package affetto.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What planning needs of all utterances, in arrays: about a hundred and twenty bytes each, so that
 * millions of them fit the driver. Numbered by their ids.
 *
 * <p>Of a fingerprint the first 128 bits are kept, which two recordings never share by accident.
 */
public final class UtteranceIndex implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int HEX = 16;

  private final String[] ids;
  private final long[] prints;
  private final int[] files;
  private final int[] bytes;
  private final float[] seconds;
  private final List<String> fileNames;

  /**
   * One utterance.
   *
   * @param id of it
   * @param fingerprint of its sound, at least 32 hex digits
   * @param file of the utterance table that holds it
   * @param bytes of its recording's file
   * @param seconds of its recording
   */
  public record Entry(String id, String fingerprint, String file, long bytes, double seconds) {}

  /**
   * @param entries in any order, ids distinct
   */
  public UtteranceIndex(Stream<Entry> entries) {
    this(List.of(Part.of(entries.iterator())));
  }

  private UtteranceIndex(List<Part> parts) {
    int size = parts.stream().mapToInt(part -> part.ids.size()).sum();
    this.ids = parts.stream().flatMap(part -> part.ids.stream()).toArray(String[]::new);
    this.fileNames =
        parts.stream().flatMap(part -> part.fileNames.stream()).distinct().sorted().toList();
    this.prints = new long[2 * size];
    this.files = new int[size];
    this.bytes = new int[size];
    this.seconds = new float[size];
    int[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparing(i -> ids[i]))
            .mapToInt(i -> i)
            .toArray();
    int[] places = new int[size];
    for (int place = 0; place < size; place++) {
      places[order[place]] = place;
    }
    Arrays.sort(ids);
    int first = 0;
    for (Part part : parts) {
      put(part, places, first);
      first += part.ids.size();
    }
  }

  private void put(Part part, int[] places, int first) {
    int[] numbers =
        part.fileNames.stream()
            .mapToInt(name -> Collections.binarySearch(fileNames, name))
            .toArray();
    for (int i = 0; i < part.ids.size(); i++) {
      int place = places[first + i];
      prints[2 * place] = part.prints[2 * i];
      prints[2 * place + 1] = part.prints[2 * i + 1];
      files[place] = numbers[part.files[i]];
      bytes[place] = part.bytes[i];
      seconds[place] = part.seconds[i];
    }
  }

  /**
   * All utterances of a warehouse, by one pass over a few columns.
   *
   * @throws affetto.fault.BadInputException if nothing was ingested yet
   */
  public static UtteranceIndex of(SparkSession spark, Warehouse warehouse) {
    List<Part> parts =
        UtteranceTable.TABLE
            .read(spark, warehouse)
            .select(
                UtteranceTable.UTTERANCE_ID.name(),
                UtteranceTable.AUDIO_FINGERPRINT.name(),
                UtteranceTable.FILE_URI,
                UtteranceTable.FILE_BYTES.name(),
                UtteranceTable.DURATION.name())
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(UtteranceIndex::part)
            .collect();
    return new UtteranceIndex(parts);
  }

  private static Iterator<Part> part(Iterator<InternalRow> rows) {
    Iterable<InternalRow> all = () -> rows;
    Stream<Entry> entries =
        StreamSupport.stream(all.spliterator(), false)
            .map(
                row ->
                    new Entry(
                        row.getUTF8String(0).toString(),
                        row.getUTF8String(1).toString(),
                        row.getUTF8String(2).toString(),
                        row.getLong(3),
                        row.getDouble(4)));
    return List.of(Part.of(entries.iterator())).iterator();
  }

  /** How many there are. */
  public int size() {
    return ids.length;
  }

  /** The number of an utterance; negative if there is none. */
  public int find(String id) {
    return Arrays.binarySearch(ids, id);
  }

  /** The id of the utterance of a number. */
  public String id(int number) {
    return ids[number];
  }

  /** Whether an utterance's sound has this fingerprint. */
  public boolean has(int number, String fingerprint) {
    return prints[2 * number] == print(fingerprint, 0)
        && prints[2 * number + 1] == print(fingerprint, 1);
  }

  /** Bytes of an utterance's file as it was ingested. */
  public long bytes(int number) {
    return bytes[number];
  }

  /** How long an utterance's recording is. */
  public double seconds(int number) {
    return seconds[number];
  }

  /** The number of the file of the utterance table that holds an utterance. */
  public int file(int number) {
    return files[number];
  }

  /** The files of the utterance table, as Spark names them; their numbers are their places. */
  public List<String> fileNames() {
    return fileNames;
  }

  private static long print(String fingerprint, int half) {
    return Long.parseUnsignedLong(fingerprint, half * HEX, (half + 1) * HEX, HEX);
  }

  /** What one task has read: arrays, since millions of objects would take minutes to send. */
  private static final class Part implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<String> ids = new ArrayList<>();
    private final List<String> fileNames = new ArrayList<>();
    private long[] prints = new long[2];
    private int[] files = new int[1];
    private int[] bytes = new int[1];
    private float[] seconds = new float[1];

    static Part of(Iterator<Entry> entries) {
      Part part = new Part();
      entries.forEachRemaining(part::add);
      return part;
    }

    private void add(Entry entry) {
      int size = ids.size();
      if (size == files.length) {
        prints = Arrays.copyOf(prints, 4 * size);
        files = Arrays.copyOf(files, 2 * size);
        bytes = Arrays.copyOf(bytes, 2 * size);
        seconds = Arrays.copyOf(seconds, 2 * size);
      }
      ids.add(entry.id());
      prints[2 * size] = print(entry.fingerprint(), 0);
      prints[2 * size + 1] = print(entry.fingerprint(), 1);
      // Rows of a file follow each other.
      if (fileNames.isEmpty() || !fileNames.get(fileNames.size() - 1).equals(entry.file())) {
        fileNames.add(entry.file());
      }
      files[size] = fileNames.size() - 1;
      bytes[size] = (int) Math.min(entry.bytes(), Integer.MAX_VALUE);
      seconds[size] = (float) entry.seconds();
    }
  }
}
