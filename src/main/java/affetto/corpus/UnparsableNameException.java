package affetto.corpus;

/** A file's name does not follow its corpus's code; the message says where and why. */
public final class UnparsableNameException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnparsableNameException(String message) {
    super(message);
  }
}
