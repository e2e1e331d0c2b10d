package affetto.cli;

/**
 * One finding of the doctor.
 *
 * @param subject what was looked at
 * @param verdict whether it will do
 * @param text what was found, and what to do where it will not do
 */
record Check(String subject, Verdict verdict, String text) {

  /** From harmless to hopeless. */
  enum Verdict {
    OK("ok"),
    WARN("warn"),
    FAIL("FAIL");

    private final String word;

    Verdict(String word) {
      this.word = word;
    }
  }

  static Check ok(String subject, String text) {
    return new Check(subject, Verdict.OK, text);
  }

  static Check warn(String subject, String text) {
    return new Check(subject, Verdict.WARN, text);
  }

  static Check fail(String subject, String text) {
    return new Check(subject, Verdict.FAIL, text);
  }

  String line() {
    return "%-4s  %-12s %s".formatted(verdict.word, subject, text);
  }
}
