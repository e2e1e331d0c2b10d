package affetto.archive;

import java.util.ArrayList;
import java.util.List;

/** What may be the name of a member. */
final class MemberName {

  private static final int MOST_CHARS = 4096;
  private static final int SHOWN = 200;

  private MemberName() {}

  /**
   * A name's path, without the dots and double slashes that mean nothing.
   *
   * @throws ArchiveException if it is none that a file within the archive's folder could have
   */
  static String path(String name) throws ArchiveException {
    if (name.length() > MOST_CHARS) {
      throw new ArchiveException(
          "its name has %d characters, at most %d are read".formatted(name.length(), MOST_CHARS));
    }
    if (name.chars().anyMatch(MemberName::unprintable)) {
      throw new ArchiveException("its name holds a control character");
    }
    if (name.startsWith("/") || name.matches("[A-Za-z]:.*")) {
      throw new ArchiveException("its name is an absolute path");
    }
    List<String> parts = new ArrayList<>();
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        throw new ArchiveException("its name leads out of the archive");
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    if (parts.isEmpty()) {
      throw new ArchiveException("it has no name");
    }
    return String.join("/", parts);
  }

  /** A name as it can be shown: short, and in one line. */
  static String shown(String name) {
    String cut = name.length() > SHOWN ? name.substring(0, SHOWN) + "..." : name;
    StringBuilder shown = new StringBuilder();
    cut.chars().forEach(c -> shown.append(unprintable(c) ? '?' : (char) c));
    return shown.isEmpty() ? "?" : shown.toString();
  }

  private static boolean unprintable(int c) {
    int type = Character.getType(c);
    return Character.isISOControl(c)
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.FORMAT;
  }
}
