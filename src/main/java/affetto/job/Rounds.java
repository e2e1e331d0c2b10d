package affetto.job;

import affetto.table.UtteranceIndex;
import java.util.ArrayList;
import java.util.List;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Cuts a sweep's missing clips in portions, each some files of the utterance table under all their
 * missing augmentations: every file is read once, and only if a clip of it is missing.
 */
final class Rounds {

  private final WantedClips wanted;
  private final RoaringBitmap missing;
  private final long[] clips;
  private final RoaringBitmap[] utterances;
  private int next;

  /**
   * One portion.
   *
   * @param files of the utterance table
   * @param utterances that lack a clip, by number
   * @param clips that are missing
   * @param bytes of these utterances' recordings
   */
  record Round(List<String> files, RoaringBitmap utterances, long clips, long bytes) {

    /** Nothing to do. */
    static final Round NONE = new Round(List.of(), new RoaringBitmap(), 0, 0);
  }

  Rounds(WantedClips wanted, RoaringBitmap missing) {
    this.wanted = wanted;
    this.missing = missing;
    UtteranceIndex index = wanted.utterances();
    this.clips = new long[index.fileNames().size()];
    this.utterances = new RoaringBitmap[clips.length];
    PeekableIntIterator all = missing.getIntIterator();
    while (all.hasNext()) {
      int utterance = wanted.utterance(all.next());
      int file = index.file(utterance);
      clips[file]++;
      if (utterances[file] == null) {
        utterances[file] = new RoaringBitmap();
      }
      utterances[file].add(utterance);
    }
    skip();
  }

  private void skip() {
    while (next < clips.length && clips[next] == 0) {
      next++;
    }
  }

  /** Whether nothing is left. */
  boolean done() {
    return next == clips.length;
  }

  /**
   * The next portion.
   *
   * @param most clips, unless a single file has more
   */
  Round next(long most) {
    List<String> files = new ArrayList<>();
    RoaringBitmap some = new RoaringBitmap();
    long sum = 0;
    while (!done() && (files.isEmpty() || sum + clips[next] <= most)) {
      files.add(wanted.utterances().fileNames().get(next));
      some.or(utterances[next]);
      sum += clips[next];
      next++;
      skip();
    }
    long bytes = 0;
    PeekableIntIterator all = some.getIntIterator();
    while (all.hasNext()) {
      bytes += wanted.utterances().bytes(all.next());
    }
    return new Round(files, some, sum, bytes);
  }

  /** The clips that all portions together make. */
  RoaringBitmap missing() {
    return missing;
  }
}
