package affetto.fault;

/**
 * The request is well formed, but doing it would break a promise: a leak between training and test,
 * for instance. The command line prints the message alone and exits with 4.
 */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message);
  }
}
