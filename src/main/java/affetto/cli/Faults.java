package affetto.cli;

import affetto.fault.BadInputException;
import affetto.fault.RefusedException;
import affetto.storage.Location;
import com.amazonaws.SdkBaseException;
import java.io.EOFException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;

/** Turns whatever a command threw into one line and an exit code. */
final class Faults {

  /** A task's fault as Spark quotes it, where only the text came back from the executor. */
  private static final Pattern QUOTED =
      Pattern.compile("affetto\\.fault\\.(BadInput|Refused)Exception: ([^\\r\\n]*)");

  /** Any fault in such a text: its class, and what it says. */
  private static final Pattern NAMED =
      Pattern.compile("((?:\\w+\\.)+\\w*Exception)(?:: ([^\\r\\n]*))?");

  /** A machine that is too small, in the words of its system or of whoever runs executors. */
  private static final Pattern TOO_SMALL =
      Pattern.compile(
          "[^\\r\\n]*(?:No space left on device|Disk quota exceeded"
              + "|exceeding (?:physical |virtual )?memory limits|possible container OOM)[^\\r\\n]*");

  /** A server that is not there, goes while it is spoken to, or refuses. */
  private static final List<Class<? extends Exception>> THE_WORLDS =
      List.of(
          UnsupportedFileSystemException.class,
          UnknownHostException.class,
          SocketException.class,
          SocketTimeoutException.class,
          AccessControlException.class,
          AccessDeniedException.class,
          RemoteException.class,
          SdkBaseException.class);

  private Faults() {}

  /**
   * Says what went wrong in one line; a stack trace follows only on request.
   *
   * @param debug whether the user asked for the stack trace
   * @return the exit code
   */
  static int report(Throwable fault, PrintWriter err, boolean debug) {
    if (debug) {
      StringWriter trace = new StringWriter();
      fault.printStackTrace(new PrintWriter(trace));
      err.print(Location.withoutSecrets(trace.toString()));
    }
    int code = print(fault, err);
    err.flush();
    return code;
  }

  private static int print(Throwable fault, PrintWriter err) {
    List<Throwable> causes = causes(fault);
    for (Throwable cause : causes) {
      if (cause instanceof BadInputException) {
        return say(err, cause.getMessage(), ExitCodes.BAD_INPUT);
      }
      if (cause instanceof RefusedException) {
        return say(err, "refused: " + cause.getMessage(), ExitCodes.REFUSED);
      }
    }
    for (Throwable cause : causes) {
      Matcher quoted = QUOTED.matcher(String.valueOf(cause.getMessage()));
      if (quoted.find()) {
        boolean refused = quoted.group(1).equals("Refused");
        return refused
            ? say(err, "refused: " + quoted.group(2), ExitCodes.REFUSED)
            : say(err, quoted.group(2), ExitCodes.BAD_INPUT);
      }
      if (isTheWorlds(cause)) {
        return say(err, describe(cause), ExitCodes.BAD_INPUT);
      }
      Matcher small = TOO_SMALL.matcher(String.valueOf(cause.getMessage()));
      if (small.find()) {
        return say(err, small.group(), ExitCodes.BAD_INPUT);
      }
    }
    for (Throwable cause : causes) {
      Matcher named = NAMED.matcher(String.valueOf(cause.getMessage()));
      while (named.find()) {
        if (isTheWorlds(named.group(1), named.group(2))) {
          return say(err, named.group(), ExitCodes.BAD_INPUT);
        }
      }
    }
    Throwable root = causes.get(causes.size() - 1);
    return say(
        err,
        "a fault of ours: " + describe(root) + " (--debug prints the stack trace)",
        ExitCodes.OUR_FAULT);
  }

  private static boolean isTheWorlds(Throwable cause) {
    return isTheWorlds(cause.getClass(), cause.getMessage());
  }

  private static boolean isTheWorlds(String name, String message) {
    try {
      return isTheWorlds(Class.forName(name, false, Faults.class.getClassLoader()), message);
    } catch (ClassNotFoundException | LinkageError e) {
      return false; // a class of the executor's, or a part of one
    }
  }

  /** A file of ours may end too early as well: a server's end names the host. */
  private static boolean isTheWorlds(Class<?> fault, String message) {
    return THE_WORLDS.stream().anyMatch(type -> type.isAssignableFrom(fault))
        || (EOFException.class.isAssignableFrom(fault)
            && String.valueOf(message).contains("destination host is"));
  }

  private static String describe(Throwable fault) {
    return fault.getClass().getSimpleName()
        + (fault.getMessage() == null ? "" : ": " + fault.getMessage());
  }

  private static int say(PrintWriter err, String message, int code) {
    err.println("affetto: " + oneLine(message));
    return code;
  }

  private static List<Throwable> causes(Throwable fault) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable f = fault; f != null && !causes.contains(f); f = f.getCause()) {
      causes.add(f);
    }
    return causes;
  }

  /** A message without secrets and line breaks, cut where it becomes a book. */
  static String oneLine(String message) {
    String line =
        Location.withoutSecrets(String.valueOf(message)).strip().replaceAll("\\s*\\R\\s*", " ");
    return line.length() <= 1000 ? line : line.substring(0, 1000) + " ...";
  }
}
