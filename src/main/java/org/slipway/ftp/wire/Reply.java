package org.slipway.ftp.wire;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A reply (RFC 959 section 4.2): three digits and a text, of one line or several:
 *
 * <pre>
 *   xyz text CRLF                 xyz-first CRLF
 *                                  line CRLF ...
 *                                 xyz last CRLF
 * </pre>
 *
 * @param code from 100 to 599
 * @param lines at least one; control characters in them are sent as {@code ?}
 */
public record Reply(int code, List<String> lines) {

  public Reply {
    if (code < 100 || code > 599 || lines.isEmpty()) {
      throw new IllegalArgumentException("No reply: " + code + " " + lines);
    }
    lines = List.copyOf(lines);
  }

  public Reply(int code, String text) {
    this(code, List.of(text));
  }

  /** Of several lines; those between are set off by a space, as RFC 2389 section 3.2 wants it. */
  public static Reply of(int code, String first, List<String> between, String last) {
    List<String> lines = new ArrayList<>(between.size() + 2);
    lines.add(first);
    lines.addAll(between);
    lines.add(last);
    return new Reply(code, lines);
  }

  /** The bytes of the whole reply, as RFC 2640 has them. */
  public ByteBuffer encode() {
    return encode(StandardCharsets.UTF_8);
  }

  /** The bytes of the whole reply. */
  public ByteBuffer encode(Charset names) {
    StringBuilder out = new StringBuilder(64);
    int last = lines.size() - 1;
    for (int i = 0; i <= last; i++) {
      if (i == last) {
        out.append(code).append(' ');
      } else if (i == 0) {
        out.append(code).append('-');
      } else {
        out.append(' ');
      }
      appendVisible(out, lines.get(i));
      out.append("\r\n");
    }
    return ByteBuffer.wrap(out.toString().getBytes(names));
  }

  /** The text of the last line. */
  public String text() {
    return lines.getLast();
  }

  /** A path for a 257 reply: in double quotes, those within it doubled (RFC 959 appendix II). */
  public static String quoted(String path) {
    return '"' + path.replace("\"", "\"\"") + '"';
  }

  private static void appendVisible(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(Character.isISOControl(c) ? '?' : c);
    }
  }
}
