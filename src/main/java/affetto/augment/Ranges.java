package affetto.augment;

import affetto.fault.BadInputException;
import java.math.BigDecimal;

/** Checks and spells the parameters of augmentations. */
final class Ranges {
  private Ranges() {}

  static void check(String augmentation, String name, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new BadInputException(
          "augmentation %s: %s must be between %s and %s, was %s"
              .formatted(augmentation, name, plain(min), plain(max), value));
    }
  }

  /** The range of every signal-to-noise ratio, -40 to 100 dB. */
  static void checkSnr(String augmentation, double snrDb) {
    check(augmentation, "snr-db", snrDb, -40, 100);
  }

  /**
   * Up to 60 characters of a text. What is fit for a folder's name stays; anything else, and the
   * underscore that joins chains, becomes a minus.
   */
  static String word(String text) {
    String fit = text.replaceAll("[^A-Za-z0-9.-]", "-");
    return fit.substring(0, Math.min(60, fit.length()));
  }

  /** Without exponent and trailing zeros: 0.035, 2, -1.5. */
  static String plain(double value) {
    return value == 0 ? "0" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** As {@link #plain}, with its sign always: +2, -1.5, +0. */
  static String signed(double value) {
    return (value < 0 ? "" : "+") + plain(value);
  }
}
