package affetto.audio;

/** Bytes that are not audio we can decode; the message is the reason, fit for a report. */
public final class AudioException extends Exception {
  private static final long serialVersionUID = 1L;

  public AudioException(String message) {
    super(message);
  }

  public AudioException(String message, Throwable cause) {
    super(message, cause);
  }
}
