package affetto.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What ingest did.
 *
 * @param corpora one a source, in the order given
 * @param duplicates recordings that several utterances of the warehouse share
 * @param silent ids of the ingested utterances without sound
 * @param seconds wall clock
 */
public record IngestResult(
    List<CorpusCount> corpora, List<Duplicate> duplicates, List<String> silent, double seconds) {

  private static final int LINES = 20;

  /**
   * One corpus.
   *
   * @param files listed, hidden ones aside
   * @param clips taken, now or before
   * @param fresh of them, taken now
   * @param rejections the rest
   */
  public record CorpusCount(
      String corpus, long files, long clips, long fresh, List<Rejection> rejections) {

    /** How many rejects there are of each kind: name, size, audio, same id, archive. */
    public Map<String, Long> rejectsByKind() {
      return rejections.stream()
          .collect(Collectors.groupingBy(Rejection::kind, TreeMap::new, Collectors.counting()));
    }
  }

  /**
   * A file that was not taken.
   *
   * @param reason kind, colon, detail
   */
  public record Rejection(String uri, String reason) implements Serializable {

    /** Another file has given the utterance already. */
    static Rejection sameId(String uri, String utterance, String from) {
      return new Rejection(uri, "same id: %s was taken from %s".formatted(utterance, from));
    }

    /** What stands before the colon. */
    public String kind() {
      int colon = reason.indexOf(':');
      return colon < 0 ? reason : reason.substring(0, colon);
    }
  }

  /**
   * A recording under several names.
   *
   * @param utterances ids, sorted: the first counts as the original
   * @param emotions the label of each
   */
  public record Duplicate(List<String> utterances, List<String> emotions) implements Serializable {

    public Duplicate {
      utterances = List.copyOf(utterances);
      emotions = List.copyOf(emotions);
    }

    /** Whether the labels differ. */
    public boolean labelConflict() {
      return emotions.stream().distinct().count() > 1;
    }
  }

  /** All clips taken. */
  public long clips() {
    return corpora.stream().mapToLong(CorpusCount::clips).sum();
  }

  /** All files rejected. */
  public long rejected() {
    return corpora.stream().mapToLong(count -> count.rejections().size()).sum();
  }

  /** The lines to show at the end; long lists are cut, the tables have them whole. */
  public List<String> report() {
    List<String> lines = new ArrayList<>();
    for (CorpusCount count : corpora) {
      lines.add(
          "%-8s %d files: %d clips, %d of them new, %d rejected %s"
              .formatted(
                  count.corpus(),
                  count.files(),
                  count.clips(),
                  count.fresh(),
                  count.rejections().size(),
                  count.rejections().isEmpty() ? "" : count.rejectsByKind())
              .stripTrailing());
      addCut(
          lines,
          count.rejections().stream().map(r -> "  %s  %s".formatted(r.uri(), r.reason())).toList());
    }
    long conflicts = duplicates.stream().filter(Duplicate::labelConflict).count();
    lines.add(
        "%d recordings under several names, %d of them with different labels"
            .formatted(duplicates.size(), conflicts));
    addCut(lines, duplicates.stream().map(IngestResult::line).toList());
    lines.add(silent.isEmpty() ? "no clip is silent" : "silent: " + String.join(", ", cut(silent)));
    lines.add(String.format(Locale.ROOT, "%d clips in %.1f s", clips(), seconds));
    return lines;
  }

  private static String line(Duplicate duplicate) {
    List<String> members = new ArrayList<>();
    for (int i = 0; i < duplicate.utterances().size(); i++) {
      members.add(duplicate.utterances().get(i) + " " + duplicate.emotions().get(i));
    }
    return "  "
        + String.join(" = ", members)
        + (duplicate.labelConflict() ? "  (labels conflict)" : "");
  }

  private static void addCut(List<String> lines, List<String> more) {
    lines.addAll(cut(more));
  }

  private static List<String> cut(List<String> items) {
    if (items.size() <= LINES) {
      return items;
    }
    List<String> kept = new ArrayList<>(items.subList(0, LINES));
    kept.add("  ... and %d more".formatted(items.size() - LINES));
    return kept;
  }
}
