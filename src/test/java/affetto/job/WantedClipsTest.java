package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.augment.AddNoise;
import affetto.augment.Augmentation;
import affetto.augment.Clean;
import affetto.table.Clip;
import affetto.table.ClipKey;
import affetto.table.UtteranceIndex;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class WantedClipsTest {

  private static final Augmentation CLEAN = new Clean();
  private static final Augmentation NOISE = new AddNoise(0.035);
  private static final long SEED = 7;
  private static final String VERSION = "v1";

  private final WantedClips wanted =
      new WantedClips(
          new UtteranceIndex(
              Stream.of(entry("tess-b", "f2"), entry("cremad-a", "f1"), entry("tess-c", "f3"))),
          List.of(CLEAN, NOISE),
          SEED,
          VERSION);

  private static UtteranceIndex.Entry entry(String utterance, String sound) {
    return new UtteranceIndex.Entry(
        utterance, DigestUtils.sha256Hex(sound), utterance.startsWith("tess") ? "t" : "c", 9, 1);
  }

  private static ClipKey key(String utterance, String sound, Augmentation augmentation) {
    long seed = Clip.seed(SEED, utterance, augmentation.id(), augmentation.revision());
    return new ClipKey(utterance, DigestUtils.sha256Hex(sound), augmentation.id(), seed, VERSION);
  }

  private static RoaringBitmap bits(int... numbers) {
    return RoaringBitmap.bitmapOf(numbers);
  }

  @Test
  void clipsAreNumberedByAugmentationAndThenUtterance() {
    assertThat(wanted.all()).isEqualTo(bits(0, 1, 2, 3, 4, 5));
    assertThat(wanted.number(key("cremad-a", "f1", CLEAN))).hasValue(0);
    assertThat(wanted.number(key("cremad-a", "f1", NOISE))).hasValue(3);
    assertThat(wanted.number(key("tess-c", "f3", NOISE))).hasValue(5);
  }

  @Test
  void aRowOfAnythingElseIsNotWanted() {
    ClipKey clean = key("tess-b", "f2", CLEAN);
    assertThat(wanted.number(clean)).hasValue(1);
    for (ClipKey other :
        List.of(
            key("tess-d", "f2", CLEAN),
            key("tess-b", "f3", CLEAN),
            key("tess-b", "f2", new AddNoise(0.1)),
            new ClipKey("tess-b", clean.fingerprint(), CLEAN.id(), clean.seed() + 1, VERSION),
            new ClipKey("tess-b", clean.fingerprint(), CLEAN.id(), clean.seed(), "v2"))) {
      assertThat(wanted.number(other)).as("%s", other).isEmpty();
    }
  }

  @Test
  void aSetOfClipsIsSeenByUtteranceAndByAugmentation() {
    RoaringBitmap clips = bits(2, 3, 5);
    assertThat(wanted.augmentations("cremad-a", clips)).containsExactly(NOISE);
    assertThat(wanted.augmentations("tess-b", clips)).isEmpty();
    assertThat(wanted.augmentations("tess-c", clips)).containsExactly(CLEAN, NOISE);
    assertThat(wanted.augmentations("tess-new", clips)).isEmpty();
    assertThat(wanted.count(clips))
        .containsExactly(Map.entry("clean", 1L), Map.entry(NOISE.id(), 2L));
    assertThat(wanted.count(clips, bits(2)))
        .containsExactly(Map.entry("clean", 1L), Map.entry(NOISE.id(), 1L));
  }

  @Test
  void roundsReadEachFileOnceAndOnlyIfAClipOfItIsMissing() {
    Rounds all = new Rounds(wanted, wanted.all());
    Rounds.Round first = all.next(1);
    assertThat(first.files()).containsExactly("c");
    assertThat(first.clips()).isEqualTo(2);
    Rounds.Round second = all.next(1);
    assertThat(second.files()).containsExactly("t");
    assertThat(second.utterances()).isEqualTo(bits(1, 2));
    assertThat(second.clips()).isEqualTo(4);
    assertThat(second.bytes()).isEqualTo(18);
    assertThat(all.done()).isTrue();

    Rounds.Round rest = new Rounds(wanted, wanted.all()).next(6);
    assertThat(rest.files()).containsExactly("c", "t");
    Rounds some = new Rounds(wanted, bits(5));
    assertThat(some.next(100).files()).containsExactly("t");
    assertThat(some.done()).isTrue();
    assertThat(new Rounds(wanted, bits()).done()).isTrue();
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
