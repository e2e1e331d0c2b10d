package affetto.table;

import affetto.corpus.Emotion;
import java.util.List;

/** One column a class: {@code posterior_angry} and so on. */
public final class PosteriorColumns {

  private PosteriorColumns() {}

  /** The column of a class, 0 to 1. */
  public static Column of(Emotion emotion) {
    return Column.real(
        "posterior_" + emotion.label(), "share", "the model's belief in " + emotion.label());
  }

  /** The columns of these classes, in their order. */
  public static List<Column> of(List<Emotion> classes) {
    return classes.stream().map(PosteriorColumns::of).toList();
  }
}
