package org.slipway.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.Violation;
import org.slipway.storage.VirtualPath;

/** What somebody typed into a field that may stay empty. */
final class Entered {
  private Entered() {}

  static Optional<String> text(String typed) {
    return Optional.ofNullable(typed).map(String::strip).filter(t -> !t.isEmpty());
  }

  /**
   * A folder of a home, as the file areas write it.
   *
   * @throws InvalidInputException for a text that cannot be one
   */
  static String folder(String field, String typed) {
    try {
      return VirtualPath.parse(typed.strip()).toString();
    } catch (RefusedException e) {
      throw new InvalidInputException(
          field, "path.pattern", "A folder of the home such as /images, without . and .. in it");
    }
  }

  /** Reads one {@code name=value} a line. */
  static Map<String, String> map(String field, String lines, List<Violation> violations) {
    Map<String, String> result = new TreeMap<>();
    for (String line : lines.split("\\R")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        result.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      } else if (!line.isBlank()) {
        violations.add(new Violation(field, "lines.pattern", "One name=value a line"));
        return result;
      }
    }
    return result;
  }

  /** One {@code name=value} a line, in the order of the names. */
  static String lines(Map<String, String> map) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(map).forEach((k, v) -> text.append(k).append('=').append(v).append('\n'));
    return text.toString();
  }
}
