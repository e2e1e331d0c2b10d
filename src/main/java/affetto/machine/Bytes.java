package affetto.machine;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory, as Spark and JavaCPP spell them. */
final class Bytes {

  static final long MIB = 1L << 20;

  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,18})\\s*([kmgtp]?)b?");
  private static final String UNITS = "kmgtp";

  private Bytes() {}

  /**
   * Reads one of Spark's amounts.
   *
   * @param text {@code 2g}, {@code 512m}, or {@code 1536}, which is MiB
   * @return in bytes; empty for what is no amount, of which Spark itself complains
   */
  static OptionalLong ofSpark(String text) {
    String trimmed = text.strip().toLowerCase(Locale.ROOT);
    return parse(trimmed.matches("\\d+") ? trimmed + "m" : trimmed);
  }

  /**
   * Reads one of JavaCPP's amounts.
   *
   * @param text {@code 1G}, {@code 512m}, {@code 80%} of the heap, or bytes; 0 is without limit
   * @param heap of that JVM, in bytes
   * @return in bytes; empty for what is no amount, at which JavaCPP itself fails
   */
  static OptionalLong ofJavaCpp(String text, long heap) {
    String trimmed = text.strip().toLowerCase(Locale.ROOT);
    if (trimmed.matches("\\d{1,9}\\s*%")) {
      long percent = Long.parseLong(trimmed.substring(0, trimmed.length() - 1).strip());
      return OptionalLong.of(percent * heap / 100);
    }
    return parse(trimmed);
  }

  private static OptionalLong parse(String text) {
    Matcher amount = AMOUNT.matcher(text);
    if (!amount.matches()) {
      return OptionalLong.empty();
    }
    int power = amount.group(2).isEmpty() ? 0 : 1 + UNITS.indexOf(amount.group(2));
    // The cast stops at the largest long.
    return OptionalLong.of((long) (Long.parseLong(amount.group(1)) * Math.pow(1024, power)));
  }

  /** For people: {@code 1536 MiB}. */
  static String inMib(long bytes) {
    return ceilMib(bytes) + " MiB";
  }

  /** For a setting, of Spark's or JavaCPP's: {@code 1536m}. */
  static String option(long bytes) {
    return ceilMib(bytes) + "m";
  }

  private static long ceilMib(long bytes) {
    return (bytes + MIB - 1) / MIB;
  }
}
