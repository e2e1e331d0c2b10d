package affetto.job;

import affetto.evaluation.LeakCheck;
import affetto.evaluation.Role;
import affetto.evaluation.RowKey;
import affetto.evaluation.SpeakerLeakage;
import affetto.evaluation.Split;
import affetto.store.ModelManifest;
import affetto.table.FeatureRow;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What a split makes of all rows: how many have each role, who stands on both sides, what the
 * corpora hold. Fill one a partition, then merge; memory is that of the utterances' names.
 */
final class Census implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String DROPPED = "dropped";

  private final TreeMap<String, Long> rows = new TreeMap<>();
  private final TreeMap<String, TreeMap<String, String>> recordings = new TreeMap<>();
  private final LeakCheck leaks = new LeakCheck();

  Census() {
    Arrays.stream(Role.values()).forEach(role -> rows.put(name(role), 0L));
    rows.put(DROPPED, 0L);
  }

  /** Takes in one row. */
  Census add(FeatureRow row, Admission admission, Split split) {
    if (!admission.admits(row)) {
      rows.merge(DROPPED, 1L, Long::sum);
      return this;
    }
    RowKey key = row.key();
    Role role = split.roleOf(key);
    rows.merge(name(role), 1L, Long::sum);
    leaks.add(role, key);
    recordings
        .computeIfAbsent(key.corpus(), corpus -> new TreeMap<>())
        .put(key.utterance(), key.recording());
    return this;
  }

  /** Adds what another census has seen. */
  Census merge(Census other) {
    other.rows.forEach((role, count) -> rows.merge(role, count, Long::sum));
    other.recordings.forEach(
        (corpus, own) -> recordings.computeIfAbsent(corpus, key -> new TreeMap<>()).putAll(own));
    leaks.merge(other.leaks);
    return this;
  }

  /**
   * Rows by role: {@code train}, {@code validation}, {@code test}, {@code unused}; and {@code
   * dropped}, those that were not admitted.
   */
  Map<String, Long> rows() {
    return Collections.unmodifiableMap(rows);
  }

  long rows(Role role) {
    return rows.get(name(role));
  }

  SpeakerLeakage leakage() {
    return leaks.report();
  }

  /** What the admitted rows came from; equal for equal utterances, whatever the augmentations. */
  List<ModelManifest.CorpusEntry> corpora() {
    return recordings.entrySet().stream()
        .map(
            corpus ->
                new ModelManifest.CorpusEntry(
                    corpus.getKey(), corpus.getValue().size(), fingerprint(corpus.getValue())))
        .toList();
  }

  private static String fingerprint(Map<String, String> sorted) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    sorted.forEach(
        (utterance, recording) ->
            digest.update((utterance + " " + recording + "\n").getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String name(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
