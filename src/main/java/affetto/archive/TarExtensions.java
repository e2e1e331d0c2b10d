package affetto.archive;

import java.nio.charset.StandardCharsets;

/**
 * What pax and GNU's tar say of the next member in members of their own, since its header has no
 * room: a long name, a large size.
 */
final class TarExtensions {

  /** Of what one of them may say. */
  static final int MOST_BYTES = 1 << 16;

  private static final char NEXT = 'x';
  private static final char ALL = 'g';
  private static final char LONG_NAME = 'L';
  private static final char LONG_LINK = 'K';

  private String name;
  private long bytes = -1;
  private String fault;

  static boolean isOne(TarHeader header) {
    char type = header.type();
    return type == NEXT || type == ALL || type == LONG_NAME || type == LONG_LINK;
  }

  /**
   * Takes in what is said.
   *
   * @param body null where there is more of it than is read
   */
  void take(TarHeader header, byte[] body) {
    if (header.type() == ALL || header.type() == LONG_LINK) {
      return;
    }
    if (body == null) {
      fault = "its extended header has more than %d bytes".formatted(MOST_BYTES);
    } else if (body.length < header.bytes()) {
      fault = "its extended header is cut short";
    } else if (header.type() == LONG_NAME) {
      name = TarHeader.text(body, 0, body.length);
    } else if (!readRecords(body)) {
      fault = "its extended header is damaged";
    }
  }

  /** Records are {@code LENGTH KEY=VALUE\n}, the length that of all of it. */
  private boolean readRecords(byte[] body) {
    int at = 0;
    while (at < body.length) {
      int space = at;
      int length = 0;
      while (space < body.length && space < at + 6 && Character.isDigit(body[space])) {
        length = 10 * length + body[space++] - '0';
      }
      int end = at + length;
      if (space == at || end > body.length || end <= space + 1 || body[space] != ' ') {
        return false;
      }
      String record = new String(body, space + 1, end - space - 1, StandardCharsets.UTF_8);
      int equals = record.indexOf('=');
      if (equals < 1 || !record.endsWith("\n")) {
        return false;
      }
      take(record.substring(0, equals), record.substring(equals + 1, record.length() - 1));
      at = end;
    }
    return true;
  }

  private void take(String key, String value) {
    if (key.equals("path")) {
      name = value;
    } else if (key.equals("size")) {
      bytes = value.matches("[0-9]{1,16}") ? Long.parseLong(value) : -1;
      fault = bytes < 0 ? "its extended header says a size of " + MemberName.shown(value) : fault;
    } else if (key.startsWith("GNU.sparse.")) {
      fault = "a sparse file, which is not read";
    }
  }

  /** The header with all that was said of it; the next one begins anew. */
  TarHeader applied(TarHeader header) {
    TarHeader applied =
        header.with(name == null ? header.name() : name, bytes < 0 ? header.bytes() : bytes, fault);
    name = null;
    bytes = -1;
    fault = null;
    return applied;
  }
}
