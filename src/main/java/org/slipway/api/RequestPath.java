package org.slipway.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.storage.VirtualPath;

/**
 * The path of a file in a request's address. Read from the raw target, each segment decoded once
 * (RFC 3986 section 2.4): what the container decodes has lost path parameters and normalised dots.
 *
 * @param folder whether it ended with a slash
 */
record RequestPath(VirtualPath path, boolean folder) {

  /**
   * @param root what stands before the path, such as {@code /api/v1/files}
   * @throws RefusedException {@code BAD_NAME}
   */
  static RequestPath of(HttpServletRequest request, String root) {
    String raw = request.getRequestURI();
    String prefix = request.getContextPath() + root;
    if (!raw.startsWith(prefix)) {
      throw bad("The address must be written as " + root + "/...");
    }
    return parse(raw.substring(prefix.length()));
  }

  static RequestPath parse(String raw) {
    List<String> segments = new ArrayList<>();
    for (String segment : raw.split("/")) {
      if (!segment.isEmpty()) {
        segments.add(decode(segment));
      }
    }
    return new RequestPath(new VirtualPath(segments), raw.isEmpty() || raw.endsWith("/"));
  }

  /** Decodes one segment once; refuses what is not UTF-8, and a raw {@code ;}. */
  static String decode(String segment) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
    byte[] raw = segment.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == ';') {
        throw bad("A semicolon in a path must be written as %3B");
      }
      if (raw[i] != '%') {
        bytes.write(raw[i]);
        continue;
      }
      if (i + 2 >= raw.length) {
        throw bad("The path ends within a percent escape");
      }
      bytes.write(16 * hex(raw[i + 1]) + hex(raw[i + 2]));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw bad("The path is not UTF-8");
    }
  }

  /** Percent-encodes a path by segment, for a {@code Location}. */
  static String encode(VirtualPath path) {
    StringBuilder result = new StringBuilder();
    for (String segment : path.segments()) {
      result.append('/');
      for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
        char c = (char) (b & 0xff);
        if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
          result.append(c);
        } else {
          result.append("%%%02X".formatted(b & 0xff));
        }
      }
    }
    return result.toString();
  }

  private static int hex(byte c) {
    int digit = Character.digit(c, 16);
    if (digit < 0) {
      throw bad("The path has a percent sign that begins no escape");
    }
    return digit;
  }

  private static RefusedException bad(String detail) {
    return new RefusedException(Refusal.Kind.BAD_NAME, detail);
  }
}
