package affetto.fault;

/**
 * What the user gave cannot be used. The message is one clear sentence that names the file or key
 * and the value; the command line prints it alone and exits with 3.
 */
public final class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadInputException(String message) {
    super(message);
  }

  public BadInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
