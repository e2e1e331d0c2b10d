package affetto.feature;

import affetto.fault.BadInputException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the sets of frames x bands cut a recording at 16 kHz into frames, and whether each band is
 * normalised over the utterance. What differs from the defaults is part of the set's id: {@code
 * logmel-64_hop-8_win-32_norm}.
 *
 * @param hopMs from frame to frame, 1 to 100 ms, in steps of 1/16 ms (one sample)
 * @param windowMs length of a frame's Hann window, at least the hop, to 128 ms, in the same steps
 * @param normalised whether each band is brought to mean 0 and deviation 1 over the utterance
 */
public record FrameOptions(double hopMs, double windowMs, boolean normalised)
    implements Serializable {

  /** Every 10 ms over 25 ms, as it is. */
  public static final FrameOptions DEFAULT = new FrameOptions(10, 25, false);

  static final int SAMPLE_RATE = 16000;

  private static final Pattern SUFFIX =
      Pattern.compile("(?:_hop-([0-9.]{1,8}))?(?:_win-([0-9.]{1,8}))?(_norm)?");

  public FrameOptions {
    check("hop", hopMs, 1, 100);
    check("window", windowMs, hopMs, 128);
  }

  private static void check(String name, double ms, double least, double most) {
    if (!(ms >= least && ms <= most)) {
      throw new BadInputException(
          "a %s of %s ms is not from %s to %s"
              .formatted(name, plain(ms), plain(least), plain(most)));
    }
    if (ms * SAMPLE_RATE / 1000 != Math.rint(ms * SAMPLE_RATE / 1000)) {
      throw new BadInputException(
          "a %s of %s ms is not a whole number of samples at %d Hz"
              .formatted(name, plain(ms), SAMPLE_RATE));
    }
  }

  /** Reads what {@link #suffix} wrote; null if it is something else. */
  static FrameOptions parse(String suffix) {
    Matcher matcher = SUFFIX.matcher(suffix);
    if (!matcher.matches()) {
      return null;
    }
    try {
      return new FrameOptions(
          number(matcher.group(1), DEFAULT.hopMs),
          number(matcher.group(2), DEFAULT.windowMs),
          matcher.group(3) != null);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static double number(String text, double otherwise) {
    return text == null ? otherwise : Double.parseDouble(text);
  }

  /** What differs from the defaults, to follow a set's name; empty if nothing does. */
  String suffix() {
    return (hopMs == DEFAULT.hopMs ? "" : "_hop-" + plain(hopMs))
        + (windowMs == DEFAULT.windowMs ? "" : "_win-" + plain(windowMs))
        + (normalised ? "_norm" : "");
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** Samples from frame to frame. */
  int hopLength() {
    return (int) (hopMs * SAMPLE_RATE / 1000);
  }

  /** Samples of the window. */
  int winLength() {
    return (int) (windowMs * SAMPLE_RATE / 1000);
  }

  /** Samples of the transform: the next power of two. */
  int nFft() {
    return Math.max(64, Integer.highestOneBit(winLength() - 1) * 2);
  }
}
