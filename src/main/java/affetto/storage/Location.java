package affetto.storage;

import affetto.fault.BadInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as users give them: plain paths, and URIs of any file system. */
public final class Location {

  /**
   * Keys or a password in front of a host. The name of a bucket has neither a colon nor an at sign,
   * so whatever holds one is refused: a key may hold a slash.
   */
  private static final Pattern WITH_PASSWORD =
      Pattern.compile(
          "(s3[an]?)://[^/\\s'\"]*[:@][^\\s'\"]*|([a-z][a-z0-9+.-]*)://[^/\\s'\"]*:[^/\\s'\"]*@",
          Pattern.CASE_INSENSITIVE);

  /**
   * A setting that holds a secret by its name: {@code fs.s3a.secret.key=...}, {@code
   * javax.net.ssl.trustStorePassword=...}.
   */
  private static final Pattern SETTING =
      Pattern.compile(
          "([a-z0-9.-]*(?:[.](?:[a-z0-9-]*key|secret|[a-z0-9-]*token|password)[a-z0-9.-]*"
              + "|[.][a-z0-9-]*(?:secret|password|passwd))\\s*=\\s*)[^\\s'\"]+",
          Pattern.CASE_INSENSITIVE);

  private Location() {}

  /**
   * The address itself, if it holds no password: addresses are printed, and kept in tables,
   * manifests and event logs.
   *
   * @param text a plain path or a URI, or an argument that may hold one
   * @throws BadInputException if a name and password, or keys, stand in front of the host; the
   *     message repeats nothing of them
   */
  public static String checked(String text) {
    Matcher matcher = WITH_PASSWORD.matcher(text);
    if (matcher.find()) {
      throw new BadInputException(
          ("a location that begins with %s:// holds a name or password in front of its host, where"
                  + " everybody could read it: write it without, and give credentials by the"
                  + " environment, a provider chain or a file of Spark's settings")
              .formatted(scheme(matcher)));
    }
    return text;
  }

  /** A text for people, without what {@link #checked} refuses and without values of secrets. */
  public static String withoutSecrets(String text) {
    String addresses = WITH_PASSWORD.matcher(text).replaceAll(m -> scheme(m) + "://***");
    return SETTING.matcher(addresses).replaceAll("$1***");
  }

  private static String scheme(java.util.regex.MatchResult match) {
    return match.group(1) == null ? match.group(2) : match.group(1);
  }
}
