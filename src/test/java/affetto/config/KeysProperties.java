package affetto.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;

class KeysProperties {

  @Property(tries = 200)
  void editsAreADistance(
      @ForAll @AlphaChars @StringLength(max = 8) String a,
      @ForAll @AlphaChars @StringLength(max = 8) String b,
      @ForAll @AlphaChars @StringLength(max = 8) String c) {
    assertThat(Keys.edits(a, a)).isZero();
    assertThat(Keys.edits(a, b)).isEqualTo(Keys.edits(b, a));
    assertThat(Keys.edits(a, c)).isLessThanOrEqualTo(Keys.edits(a, b) + Keys.edits(b, c));
    assertThat(Keys.edits(a, "")).isEqualTo(a.length());
    assertThat(Keys.edits(a, a + b)).isEqualTo(b.length());
  }

  @Property(tries = 100)
  void aKnownWordIsNearestToItself(@ForAll @AlphaChars @StringLength(min = 1, max = 8) String a) {
    assertThat(Keys.nearest(a, List.of("zebra", a, "yak"))).isEqualTo(a);
  }
}
