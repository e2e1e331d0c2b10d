package affetto.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.corpus.Gender;
import affetto.corpus.Speaker;
import affetto.fault.BadInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ProtocolsProperties {

  private static final List<String> AUGMENTATIONS = List.of("clean", "noise-0.035", "pitch+0.7");

  private record Row(RowKey key, Role role) {}

  @Property(tries = 60)
  void heldOutSpeakersNeverLeak(
      @ForAll @IntRange(min = 2, max = 10) int folds,
      @ForAll @LongRange(min = 0, max = 1000) long seed,
      @ForAll @IntRange(min = 1, max = 24) int actors) {
    for (Protocol protocol : List.of(Protocols.named("strict", 2), named("speaker", folds))) {
      List<Speaker> speakers = speakers(actors);
      Set<String> tested = new HashSet<>();
      for (int fold = 1; fold <= protocol.folds(speakers); fold++) {
        List<Row> rows = rows(speakers, protocol.split(speakers, fold, 0.2, seed));
        SpeakerLeakage leakage = leakage(rows);
        assertThat(leakage.sharedSpeakers()).isZero();
        assertThat(leakage.sharedUtterances()).isZero();
        leakage.enforce(protocol);
        rows.stream()
            .filter(row -> row.role() == Role.TEST)
            .forEach(row -> tested.add(row.key().speaker()));
      }
      assertThat(tested).hasSize(speakers.size());
    }
  }

  @Property(tries = 30)
  void utteranceKeepsCopiesTogetherAndRecipeDoesNot(
      @ForAll @LongRange(min = 0, max = 1000) long seed) {
    List<Speaker> speakers = speakers(12);
    Protocol utterance = named("utterance", 5);
    SpeakerLeakage kept = leakage(rows(speakers, utterance.split(speakers, 1, 0.1, seed)));
    assertThat(kept.sharedUtterances()).isZero();
    assertThat(kept.sharedRecordings()).isZero();
    assertThat(kept.sharedSpeakers()).isPositive();
    kept.enforce(utterance);

    Protocol recipe = named("recipe", 5);
    SpeakerLeakage torn = leakage(rows(speakers, recipe.split(speakers, 1, 0, seed)));
    assertThat(torn.sharedUtterances()).isGreaterThan(torn.testUtterances() / 2);
    torn.enforce(recipe); // promises nothing
    assertThatThrownBy(() -> torn.enforce(utterance)).hasMessageContaining("leak under protocol");
  }

  @Property(tries = 30)
  void theOrderOfSpeakersDoesNotMatter(@ForAll @LongRange(min = 0, max = 1000) long seed) {
    List<Speaker> speakers = speakers(24);
    List<Speaker> shuffled = new ArrayList<>(speakers);
    Collections.shuffle(shuffled, new Random(seed));
    for (String id : List.of("speaker", "strict", "utterance", "recipe")) {
      Protocol protocol = named(id, 4);
      assertThat(rows(speakers, protocol.split(shuffled, 2, 0.2, 7)))
          .isEqualTo(rows(speakers, protocol.split(speakers, 2, 0.2, 7)));
    }
  }

  @Test
  void testAndValidationRowsAreCleanExceptUnderRecipe() {
    List<Speaker> speakers = speakers(24);
    for (String id : List.of("speaker", "strict", "utterance", "recipe")) {
      for (Row row : rows(speakers, named(id, 5).split(speakers, 1, 0.2, 3))) {
        boolean mayBeCopy = row.role() == Role.TEST && id.equals("recipe");
        if (row.role() == Role.VALIDATION || (row.role() == Role.TEST && !mayBeCopy)) {
          assertThat(row.key().clean()).isTrue();
        }
      }
    }
  }

  @Test
  void validationSpeakersComeFromTheTrainingSideOfCorporaThatCanSpareOne() {
    List<Speaker> speakers = speakers(24);
    Map<Role, Set<String>> byRole = new EnumMap<>(Role.class);
    for (Row row : rows(speakers, named("strict", 2).split(speakers, 1, 0.2, 3))) {
      if (row.role() != Role.UNUSED) { // a validation speaker's augmented copies
        byRole.computeIfAbsent(row.role(), r -> new HashSet<>()).add(row.key().speaker());
      }
    }
    Set<String> validation = byRole.get(Role.VALIDATION);
    assertThat(validation).hasSize(4 + 1); // a fifth of 20 RAVDESS actors, one of three of SAVEE
    assertThat(validation).noneMatch(speaker -> speaker.startsWith("tess"));
    assertThat(validation).doesNotContainAnyElementsOf(byRole.get(Role.TRAIN));
    assertThat(validation).doesNotContainAnyElementsOf(byRole.get(Role.TEST));
  }

  @Test
  void strictHoldsOutEmoBoxsActors() {
    List<Speaker> speakers = speakers(24);
    Set<String> tested = new HashSet<>();
    for (Row row : rows(speakers, named("strict", 2).split(speakers, 2, 0, 3))) {
      if (row.role() == Role.TEST) {
        tested.add(row.key().speaker());
      }
    }
    assertThat(tested)
        .containsExactlyInAnyOrder(
            "ravdess-04", "ravdess-10", "ravdess-12", "ravdess-14", "savee-KL", "tess-OAF");
    assertThat(named("strict", 2).folds(speakers)).isEqualTo(6);
  }

  /** EmoBox's actors of RAVDESS (Ma et al. 2024); CREMA-D's by their numbers. */
  @Test
  void strictTestsEverybodyWhereItSays() {
    List<List<String>> ravdess =
        List.of(
            List.of("01", "11", "20", "21"),
            List.of("04", "10", "12", "14"),
            List.of("08", "09", "19", "23"),
            List.of("03", "05", "07", "24"),
            List.of("02", "15", "16", "18"),
            List.of("06", "13", "17", "22"));
    List<String> savee = List.of("JE", "KL", "DC", "JK");
    List<String> tess = List.of("YAF", "OAF");
    List<Speaker> speakers = speakers(24);
    for (int actor = 1001; actor <= 1091; actor++) {
      speakers.add(new Speaker("cremad-" + actor, "cremad", Gender.FEMALE));
    }
    for (int fold = 1; fold <= 6; fold++) {
      Set<String> wanted = new TreeSet<>();
      ravdess.get(fold - 1).forEach(actor -> wanted.add("ravdess-" + actor));
      wanted.add("savee-" + savee.get((fold - 1) % 4));
      wanted.add("tess-" + tess.get((fold - 1) % 2));
      for (int actor = 1000 + (fold - 1) % 5 + 1; actor <= 1091; actor += 5) {
        wanted.add("cremad-" + actor);
      }
      Set<String> tested = new TreeSet<>();
      for (Row row : rows(speakers, named("strict", 2).split(speakers, fold, 0, 3))) {
        if (row.role() == Role.TEST) {
          tested.add(row.key().speaker());
        }
      }
      assertThat(tested).as("fold %d", fold).isEqualTo(wanted);
    }
  }

  @Test
  void wrongNamesAndFoldsAreTold() {
    assertThatThrownBy(() -> Protocols.named("lucky", 5))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("lucky", "strict", "recipe");
    assertThatThrownBy(() -> named("strict", 5).split(speakers(24), 7, 0, 1))
        .hasMessageContainingAll("1 to 6", "7");
    assertThatThrownBy(() -> named("speaker", 5).split(speakers(24), 0, 0, 1))
        .hasMessageContainingAll("1 to 5", "0");
  }

  private static Protocol named(String id, int folds) {
    return Protocols.named(id, folds);
  }

  private static List<Speaker> speakers(int actors) {
    List<Speaker> speakers = new ArrayList<>();
    IntStream.rangeClosed(1, actors)
        .forEach(
            actor ->
                speakers.add(
                    new Speaker(
                        "ravdess-%02d".formatted(actor),
                        "ravdess",
                        actor % 2 == 1 ? Gender.MALE : Gender.FEMALE)));
    for (String code : List.of("DC", "JE", "JK", "KL")) {
      speakers.add(new Speaker("savee-" + code, "savee", Gender.MALE));
    }
    for (String code : List.of("OAF", "YAF")) {
      speakers.add(new Speaker("tess-" + code, "tess", Gender.FEMALE));
    }
    return speakers;
  }

  private static List<Row> rows(List<Speaker> speakers, Split split) {
    List<Row> rows = new ArrayList<>();
    for (Speaker speaker : speakers) {
      for (int i = 0; i < 12; i++) {
        String utterance = speaker.id() + "-" + i;
        for (String augmentation : AUGMENTATIONS) {
          // Every sixth utterance is a copy of the one before it, under another name.
          String recording = speaker.id() + "#" + (i % 6 == 5 ? i - 1 : i);
          RowKey key =
              new RowKey(speaker.corpus(), speaker.id(), utterance, recording, augmentation);
          rows.add(new Row(key, split.roleOf(key)));
        }
      }
    }
    return rows;
  }

  private static SpeakerLeakage leakage(List<Row> rows) {
    LeakCheck left = new LeakCheck();
    LeakCheck right = new LeakCheck();
    for (int i = 0; i < rows.size(); i++) {
      (i % 3 == 0 ? left : right).add(rows.get(i).role(), rows.get(i).key());
    }
    return left.merge(right).report();
  }
}
