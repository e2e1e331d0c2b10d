package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.augment.AddNoise;
import affetto.augment.Augmentation;
import affetto.augment.Clean;
import affetto.table.Clip;
import affetto.table.ClipKey;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WantedClipsTest {

  private static final Augmentation CLEAN = new Clean();
  private static final Augmentation NOISE = new AddNoise(0.035);
  private static final long SEED = 7;
  private static final String VERSION = "v1";

  private final WantedClips wanted =
      new WantedClips(
          new TreeMap<>(Map.of("tess-b", "f2", "cremad-a", "f1", "tess-c", "f3")),
          List.of(CLEAN, NOISE),
          SEED,
          VERSION);

  private static ClipKey key(String utterance, String fingerprint, Augmentation augmentation) {
    long seed = Clip.seed(SEED, utterance, augmentation.id(), augmentation.revision());
    return new ClipKey(utterance, fingerprint, augmentation.id(), seed, VERSION);
  }

  private static BitSet bits(int... numbers) {
    BitSet bits = new BitSet();
    for (int number : numbers) {
      bits.set(number);
    }
    return bits;
  }

  @Test
  void clipsAreNumberedByUtteranceAndThenAugmentation() {
    assertThat(wanted.all()).isEqualTo(bits(0, 1, 2, 3, 4, 5));
    assertThat(wanted.number(key("cremad-a", "f1", CLEAN))).hasValue(0);
    assertThat(wanted.number(key("cremad-a", "f1", NOISE))).hasValue(1);
    assertThat(wanted.number(key("tess-c", "f3", NOISE))).hasValue(5);
  }

  @Test
  void aRowOfAnythingElseIsNotWanted() {
    ClipKey clean = key("tess-b", "f2", CLEAN);
    assertThat(wanted.number(clean)).hasValue(2);
    for (ClipKey other :
        List.of(
            key("tess-d", "f2", CLEAN),
            key("tess-b", "f3", CLEAN),
            key("tess-b", "f2", new AddNoise(0.1)),
            new ClipKey("tess-b", "f2", CLEAN.id(), clean.seed() + 1, VERSION),
            new ClipKey("tess-b", "f2", CLEAN.id(), clean.seed(), "v2"))) {
      assertThat(wanted.number(other)).as("%s", other).isEmpty();
    }
  }

  @Test
  void aSetOfClipsIsSeenByUtteranceAndByAugmentation() {
    BitSet clips = bits(1, 4, 5);
    assertThat(wanted.augmentations("cremad-a", clips)).containsExactly(NOISE);
    assertThat(wanted.augmentations("tess-b", clips)).isEmpty();
    assertThat(wanted.augmentations("tess-c", clips)).containsExactly(CLEAN, NOISE);
    assertThat(wanted.augmentations("tess-new", clips)).isEmpty();
    assertThat(wanted.utterances(clips)).containsExactly("cremad-a", "tess-c");
    assertThat(wanted.count(clips))
        .containsExactly(Map.entry("clean", 1L), Map.entry(NOISE.id(), 2L));
  }

  @Test
  void anInventoryTellsRowsThatCountFromThoseThatDoNot() {
    Inventory one =
        new Inventory()
            .add(wanted, key("cremad-a", "f1", CLEAN))
            .add(wanted, key("cremad-a", "f1", CLEAN))
            .add(wanted, key("tess-b", "older", NOISE));
    Inventory other =
        new Inventory()
            .add(wanted, key("cremad-a", "f1", CLEAN))
            .add(wanted, key("tess-c", "f3", NOISE));
    Inventory both = one.merge(wanted, other);
    assertThat(both.clips()).isEqualTo(bits(0, 5));
    assertThat(both.stale()).containsExactly(Map.entry("clean", 2L), Map.entry(NOISE.id(), 1L));
  }
}
