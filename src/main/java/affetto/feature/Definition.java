package affetto.feature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes what determines a feature set's numbers as canonical JSON, and fingerprints it. */
final class Definition {
  private Definition() {}

  /** One flat object: keys sorted, no white space; values are numbers or plain strings. */
  static String json(Map<String, Object> entries) {
    return new TreeMap<>(entries)
        .entrySet().stream()
            .map(entry -> "\"" + entry.getKey() + "\":" + value(entry.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(Object value) {
    if (value instanceof Number) {
      return value.toString();
    }
    String text = (String) value;
    if (!text.matches("[ -~&&[^\"\\\\]]*")) {
      throw new IllegalArgumentException("not a plain string: " + text);
    }
    return "\"" + text + "\"";
  }

  /** First 12 hex digits of the SHA-256. */
  static String version(String definition) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(definition.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
