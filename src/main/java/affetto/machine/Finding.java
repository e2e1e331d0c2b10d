package affetto.machine;

/**
 * A setting that cannot work, or that is worth a word.
 *
 * @param refused whether it cannot work
 * @param text what is wrong and, where something else would work, the line to write instead
 */
public record Finding(boolean refused, String text) {

  static Finding refuse(String text) {
    return new Finding(true, text);
  }

  static Finding mind(String text) {
    return new Finding(false, text);
  }
}
