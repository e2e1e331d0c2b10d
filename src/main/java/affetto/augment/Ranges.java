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

  /** Without exponent and trailing zeros: 0.035, 2, -1.5. */
  static String plain(double value) {
    return value == 0 ? "0" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
