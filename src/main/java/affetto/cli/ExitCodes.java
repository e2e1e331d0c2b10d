package affetto.cli;

/** What the process ends with. */
final class ExitCodes {

  /** All is done. */
  static final int DONE = 0;

  /** A fault of ours: please report it, with the output of {@code --debug}. */
  static final int OUR_FAULT = 1;

  /** The command line makes no sense. */
  static final int USAGE = 2;

  /** A file, a URI or a configuration key cannot be used. */
  static final int BAD_INPUT = 3;

  /** Well formed, but it would break a promise, such as a leak between training and test. */
  static final int REFUSED = 4;

  private ExitCodes() {}
}
