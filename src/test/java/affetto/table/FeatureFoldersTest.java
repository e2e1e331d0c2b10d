package affetto.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import affetto.table.FeatureFolder.Commit;
import affetto.table.FeatureFolder.DataFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeatureFoldersTest {

  private static final Origin ORIGIN = new Origin("v1", 42, 1);
  private static final Origin OTHER_SEED = new Origin("v1", 43, 1);
  private static final Origin OTHER_VERSION = new Origin("v2", 42, 1);

  private static FeatureFolder swept(int number, Origin origin, boolean committed) {
    return folder(
        FeatureFolder.swept(number, origin),
        number,
        committed ? Optional.of(new Commit(origin, List.of())) : Optional.empty());
  }

  private static FeatureFolder merged(int number, String writer, FeatureFolder... replaced) {
    List<String> names = List.of(replaced).stream().map(FeatureFolder::name).toList();
    return folder(
        FeatureFolder.merged(number, ORIGIN, writer),
        number,
        Optional.of(new Commit(ORIGIN, names)));
  }

  private static FeatureFolder folder(String name, long modified, Optional<Commit> commit) {
    return new FeatureFolder(
        "clean", name, commit, List.of(new DataFile(name + ".parquet", 10)), modified);
  }

  @Test
  void whatHasNoCommitDoesNotCount() {
    FeatureFolder done = swept(1, ORIGIN, true);
    FeatureFolder begun = swept(2, ORIGIN, false);
    FeatureFolders folders = new FeatureFolders(List.of(begun, done));
    assertThat(folders.readable("v1")).containsExactly(done);
    assertThat(folders.unfinished("clean", ORIGIN)).containsExactly(begun);
    assertThat(folders.unfinished("clean", OTHER_SEED)).isEmpty();
    assertThat(folders.superseded("clean")).containsOnlyKeys(begun).containsValue(2L);
    assertThat(folders.nextSwept("clean", ORIGIN)).startsWith("swept-000003-");
    assertThat(folders.nextSwept("new", ORIGIN)).startsWith("swept-000001-");
  }

  @Test
  void readersSeeTheLastOriginOfTheirVersion() {
    FeatureFolder first = swept(1, ORIGIN, true);
    FeatureFolder reseeded = swept(2, OTHER_SEED, true);
    FeatureFolder newer = swept(3, OTHER_VERSION, true);
    FeatureFolders folders = new FeatureFolders(List.of(first, reseeded, newer));
    assertThat(folders.readable("v1")).containsExactly(reseeded);
    assertThat(folders.readable("v2")).containsExactly(newer);
    assertThat(folders.current("clean")).contains(OTHER_VERSION);
    assertThat(folders.superseded("clean")).containsOnlyKeys(first, reseeded).containsValue(3L);
    FeatureFolder back = swept(4, ORIGIN, true);
    assertThat(new FeatureFolders(List.of(first, reseeded, back)).readable("v1"))
        .containsExactly(first, back);
  }

  @Test
  void aMergedFolderStandsForThoseThatItNames() {
    FeatureFolder first = swept(1, ORIGIN, true);
    FeatureFolder second = swept(2, ORIGIN, true);
    FeatureFolder both = merged(3, "a", first, second);
    FeatureFolder third = swept(4, ORIGIN, true);
    FeatureFolder all = merged(5, "a", both, third);
    assertThat(new FeatureFolders(List.of(first, second, both, third)).readable("v1"))
        .containsExactly(both, third);
    assertThat(new FeatureFolders(List.of(first, second, both, third, all)).readable("v1"))
        .containsExactly(all);
  }

  @Test
  void ofTwoThatMergedTheSameTheEarlierCounts() {
    FeatureFolder first = swept(1, ORIGIN, true);
    FeatureFolder second = swept(2, ORIGIN, true);
    FeatureFolder one = merged(3, "a", first, second);
    FeatureFolder other = merged(3, "b", first, second);
    FeatureFolders folders = new FeatureFolders(List.of(other, one, second, first));
    assertThat(folders.readable("v1")).containsExactly(one);
    assertThat(folders.superseded("clean")).containsOnlyKeys(first, second, other);
  }

  /** It was begun while the old seed's rows counted, and ended when the new one's did. */
  @Test
  void whoGathersOldRowsLateDoesNotBringThemBack() {
    FeatureFolder first = swept(1, ORIGIN, true);
    FeatureFolder second = swept(2, ORIGIN, true);
    FeatureFolder reseeded = swept(3, OTHER_SEED, true);
    FeatureFolder late = merged(4, "a", first, second);
    FeatureFolders folders = new FeatureFolders(List.of(first, second, reseeded, late));
    assertThat(folders.readable("v1")).containsExactly(reseeded);
    assertThat(folders.current("clean")).contains(OTHER_SEED);
    assertThat(folders.superseded("clean")).containsOnlyKeys(first, second, late);
  }

  /** However often an augmentation is written later on. */
  @Test
  void whatDoesNotCountIsAsOldAsWhatCameInItsPlace() {
    FeatureFolder first = swept(1, ORIGIN, true);
    FeatureFolder second = swept(2, ORIGIN, true);
    FeatureFolder both = merged(3, "a", first, second);
    FeatureFolder reseeded = swept(4, OTHER_SEED, true);
    FeatureFolder begun = swept(5, OTHER_SEED, false);
    FeatureFolder last = swept(6, OTHER_SEED, true);
    FeatureFolders folders =
        new FeatureFolders(List.of(first, second, both, reseeded, begun, last));
    assertThat(folders.superseded("clean"))
        .containsExactly(entry(first, 3L), entry(second, 3L), entry(both, 4L), entry(begun, 5L));
  }

  @Test
  void whatASweepLeftAndAnotherFolderHoldsIsNotTakenUpAgain() {
    FeatureFolder begun = swept(1, ORIGIN, false);
    FeatureFolder gathered = merged(2, "a", begun);
    FeatureFolders folders = new FeatureFolders(List.of(begun, gathered));
    assertThat(folders.unfinished("clean", ORIGIN)).isEmpty();
    assertThat(folders.readable("v1")).containsExactly(gathered);
  }
}
