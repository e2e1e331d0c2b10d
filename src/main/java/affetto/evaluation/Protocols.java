package affetto.evaluation;

import affetto.fault.BadInputException;
import java.util.List;

/** The protocols by their names. */
public final class Protocols {

  public static final String SPEAKER = "speaker";
  public static final String STRICT = "strict";
  public static final String EMOBOX = "emobox";
  public static final String UTTERANCE = "utterance";
  public static final String RECIPE = "recipe";

  /** All names, the most honest first. */
  public static final List<String> NAMES = List.of(STRICT, SPEAKER, EMOBOX, UTTERANCE, RECIPE);

  private Protocols() {}

  /**
   * A protocol that needs nothing but its name.
   *
   * @param folds how many, at least 2, where the user may choose: {@code speaker}, {@code
   *     utterance}, {@code recipe}
   * @throws BadInputException for {@code emobox} ({@link #emobox} makes that one), for an unknown
   *     name, and for fewer than 2 folds
   */
  public static Protocol named(String id, int folds) {
    if (folds < 2) {
      throw new BadInputException("folds must be at least 2, was " + folds);
    }
    return switch (id) {
      case SPEAKER -> new SpeakerProtocol(folds);
      case STRICT -> new StrictProtocol();
      case UTTERANCE -> new HashedProtocol(false, folds);
      case RECIPE -> new HashedProtocol(true, folds);
      case EMOBOX -> throw new BadInputException("protocol emobox needs the folder of its folds");
      default ->
          throw new BadInputException(
              "unknown protocol '%s': there are %s".formatted(id, String.join(", ", NAMES)));
    };
  }

  /** EmoBox's protocol over its fold files. */
  public static Protocol emobox(EmoBoxFolds folds) {
    return new EmoBoxProtocol(folds);
  }

  static void checkFold(Protocol protocol, int fold, int folds) {
    if (fold < 1 || fold > folds) {
      throw new IllegalArgumentException(
          "fold must be from 1 to %d under protocol %s, was %d"
              .formatted(folds, protocol.id(), fold));
    }
  }
}
