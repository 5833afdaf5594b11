package org.slipway.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The text file that names what is fetched by FTP: one {@code key: filename} a line, in UTF-8.
 * Empty lines and lines that begin with {@code #} are no entries.
 */
record FileList(List<Entry> entries) {
  /** How a list rendered by a portal begins. */
  static final String HEADING = "# slipway manifest";

  /**
   * @param filename a path in the home of the account that is logged in
   */
  record Entry(String key, RemoteName filename) {}

  boolean names(RemoteName file) {
    return entries.stream().anyMatch(entry -> entry.filename().equals(file));
  }

  /**
   * @throws MalformedListException naming the line
   */
  static FileList parse(byte[] content) {
    List<String> lines =
        new String(content, StandardCharsets.UTF_8).lines().map(String::strip).toList();
    return new FileList(
        IntStream.range(0, lines.size())
            .filter(i -> !lines.get(i).isEmpty() && !lines.get(i).startsWith("#"))
            .mapToObj(i -> entry(i + 1, lines.get(i)))
            .toList());
  }

  private static Entry entry(int number, String line) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      throw new MalformedListException(
          Text.of(
              "line %d, \"%s\", is not of the form \"key: filename\"", number, Printable.of(line)));
    }
    try {
      return new Entry(
          line.substring(0, colon).strip(), new RemoteName(line.substring(colon + 1).strip()));
    } catch (RemoteName.UnsafeNameException e) {
      throw new MalformedListException(Text.of("in line %d %s", number, e.getMessage()));
    }
  }

  /** A list that cannot be followed. */
  static final class MalformedListException extends RuntimeException {
    private MalformedListException(String detail) {
      super(detail);
    }
  }
}
