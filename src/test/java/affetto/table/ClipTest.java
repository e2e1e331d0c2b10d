package affetto.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClipTest {

  @Test
  void aCleanClipIsCalledLikeItsUtterance() {
    assertThat(Clip.id("tess-OAF_back_angry", "clean")).isEqualTo("tess-OAF_back_angry");
    assertThat(Clip.id("tess-OAF_back_angry", "pitch+0.7"))
        .isEqualTo("tess-OAF_back_angry~pitch+0.7");
  }

  /** {@code printf '42\nu\nclean' | sha256sum | cut -c1-16}, so the same for ever. */
  @Test
  void theSeedIsTheHeadOfASha256() {
    assertThat(Clip.seed(42, "u", "clean", 1)).isEqualTo(0x7adfcd51a7f04770L);
  }

  @Test
  void everyPartOfAClipChangesItsSeed() {
    assertThat(
            new long[] {
              Clip.seed(42, "u", "clean", 1),
              Clip.seed(43, "u", "clean", 1),
              Clip.seed(42, "v", "clean", 1),
              Clip.seed(42, "u", "noise", 1),
              Clip.seed(42, "u", "clean", 2),
              Clip.seed(42, "u", "clean", 3)
            })
        .doesNotHaveDuplicates();
  }
}
