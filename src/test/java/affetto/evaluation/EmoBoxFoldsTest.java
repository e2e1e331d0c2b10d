package affetto.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.corpus.Gender;
import affetto.corpus.Speaker;
import affetto.evaluation.EmoBoxFolds.ListName;
import affetto.fault.BadInputException;
import affetto.fault.RefusedException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmoBoxFoldsTest {

  private static final List<Speaker> SPEAKERS =
      List.of(
          new Speaker("savee-JE", "savee", Gender.MALE),
          new Speaker("savee-DC", "savee", Gender.MALE));

  @Test
  void readsTheNamesOfItsFiles() {
    assertThat(EmoBoxFolds.fileOf("ravdess_test_fold_6.jsonl"))
        .contains(new ListName("ravdess", true, 6));
    assertThat(EmoBoxFolds.fileOf("label_map.json")).isEmpty();
    assertThat(EmoBoxFolds.fileOf("savee.jsonl")).isEmpty();
  }

  @Test
  void dividesAsItsListsSay() {
    Split split = Protocols.emobox(folds("DC_a01", "JE_a01")).split(SPEAKERS, 1, 0, 1);

    assertThat(split.roleOf(row("DC", "a01", "clean"))).isEqualTo(Role.TRAIN);
    assertThat(split.roleOf(row("DC", "a01", "noise-0.035"))).isEqualTo(Role.TRAIN);
    assertThat(split.roleOf(row("JE", "a01", "clean"))).isEqualTo(Role.TEST);
    assertThat(split.roleOf(row("JE", "a01", "noise-0.035"))).isEqualTo(Role.UNUSED);
    assertThat(split.roleOf(row("JE", "a02", "clean"))).isEqualTo(Role.UNUSED);
  }

  @Test
  void refusesAnUtteranceInBothLists() {
    Protocol protocol = Protocols.emobox(folds("DC_a01", "DC_a01"));
    assertThatThrownBy(() -> protocol.split(SPEAKERS, 1, 0, 1))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("savee-DC_a01");
  }

  @Test
  void saysWhereALineIsWrong() {
    ListName name = new ListName("savee", true, 1);
    assertThatThrownBy(() -> new EmoBoxFolds().add(name, "f.jsonl", List.of(line("XX_a01"))))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("f.jsonl, line 1", "XX");
    assertThatThrownBy(() -> new EmoBoxFolds().add(name, "f.jsonl", List.of("", "{}")))
        .hasMessageContaining("f.jsonl, line 2");
  }

  @Test
  void saysWhichListIsMissing() {
    EmoBoxFolds folds = new EmoBoxFolds();
    folds.add(new ListName("savee", true, 1), "t", List.of(line("JE_a01")));
    assertThatThrownBy(() -> Protocols.emobox(folds).split(SPEAKERS, 1, 0, 1))
        .hasMessageContaining("train list of savee's fold 1");
  }

  private static EmoBoxFolds folds(String train, String test) {
    return new EmoBoxFolds()
        .add(new ListName("savee", false, 1), "train.jsonl", List.of(line(train)))
        .add(new ListName("savee", true, 1), "test.jsonl", List.of(line(test)));
  }

  private static String line(String name) {
    return "{\"key\": \"savee-x\", \"wav\": \"downloads/savee/" + name + ".wav\", \"emo\": \"a\"}";
  }

  private static RowKey row(String speaker, String sentence, String augmentation) {
    String utterance = "savee-" + speaker + "_" + sentence;
    return new RowKey("savee", "savee-" + speaker, utterance, utterance, augmentation);
  }
}
