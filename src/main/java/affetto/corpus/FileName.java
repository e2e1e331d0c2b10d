package affetto.corpus;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The parts of a path that a corpus's code can speak of.
 *
 * @param path as it was given, for messages
 * @param folder name of the folder that holds the file; empty if there is none. At the root of an
 *     archive, {@code DC.zip!/a01.wav}, the archive's without its ending: unpacked there, it would
 *     be
 * @param stem the file's name without its ending
 */
record FileName(String path, String folder, String stem) {

  private static final Pattern ARCHIVE =
      Pattern.compile("\\.(zip|tar|tar\\.gz|tgz)!$", Pattern.CASE_INSENSITIVE);

  /**
   * Splits a path or URI.
   *
   * @throws UnparsableNameException if the file's ending is not one of sound files
   */
  static FileName of(String uri) throws UnparsableNameException {
    String path = decode(uri);
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    int dot = name.lastIndexOf('.');
    String ending = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    if (!Corpus.ENDINGS.contains(ending)) {
      throw new UnparsableNameException(
          "%s: the ending '%s' is not one of a sound file".formatted(name, ending));
    }
    int before = path.lastIndexOf('/', slash - 1);
    String folder = slash < 1 ? "" : path.substring(before + 1, slash);
    return new FileName(path, ARCHIVE.matcher(folder).replaceFirst(""), name.substring(0, dot));
  }

  /** The stem between separators; exactly so many parts. */
  List<String> parts(char separator, int count, String form) throws UnparsableNameException {
    List<String> parts = Arrays.asList(stem.split(Pattern.quote(String.valueOf(separator)), -1));
    if (parts.size() != count) {
      throw new UnparsableNameException(
          "%s: has %d parts where %s has %d".formatted(stem, parts.size(), form, count));
    }
    return parts;
  }

  /** A fault in one part of the name. */
  UnparsableNameException fault(String part, String value, String allowed) {
    return new UnparsableNameException(
        "%s: %s '%s' is not %s".formatted(stem, part, value, allowed));
  }

  /** A whole number of exactly so many digits within bounds. */
  int number(String part, String value, int digits, int from, int to)
      throws UnparsableNameException {
    boolean plain = value.length() == digits && value.chars().allMatch(c -> c >= '0' && c <= '9');
    int number = plain ? Integer.parseInt(value) : -1;
    if (number < from || number > to) {
      String form = "%0" + digits + "d";
      throw fault(part, value, (form + " to " + form).formatted(from, to));
    }
    return number;
  }

  private static String decode(String uri) {
    if (uri.indexOf('%') < 0 || uri.indexOf(':') < 0) {
      return uri; // a plain path: a per cent sign in it is a per cent sign
    }
    try {
      return URLDecoder.decode(uri.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return uri;
    }
  }
}
