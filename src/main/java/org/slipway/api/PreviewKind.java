package org.slipway.api;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Tells by its first bytes what a file is, as far as that can be shown without harm. */
final class PreviewKind {
  /** Pictures of pixels only; a drawing such as SVG is a program as much as a page is. */
  private static final Map<String, String> PICTURES =
      Map.of(
          "\u0089PNG\r\n\u001a\n", "image/png",
          "\u00ff\u00d8\u00ff", "image/jpeg",
          "GIF87a", "image/gif",
          "GIF89a", "image/gif");

  private PreviewKind() {}

  /** The media type of a picture; empty if it is none of the known ones. */
  static Optional<String> picture(byte[] beginning) {
    String start =
        new String(beginning, 0, Math.min(12, beginning.length), StandardCharsets.ISO_8859_1);
    if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
      return Optional.of("image/webp");
    }
    return PICTURES.entrySet().stream()
        .filter(e -> start.startsWith(e.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /**
   * The text that a file begins with: UTF-16 with a byte order mark, UTF-8, else GB 18030, else
   * Latin-1. Empty for what is no text.
   *
   * @param whole whether the bytes are all of the file; else the last character may be cut
   */
  static Optional<String> text(byte[] beginning, boolean whole) {
    if (startsWith(beginning, 0xFE, 0xFF) || startsWith(beginning, 0xFF, 0xFE)) {
      return decoded(beginning, StandardCharsets.UTF_16, whole);
    }
    for (byte b : beginning) {
      if (b >= 0 && b < 0x20 && "\t\n\r\f\u001b\b".indexOf(b) < 0) {
        return Optional.empty();
      }
    }
    return decoded(beginning, StandardCharsets.UTF_8, whole)
        .map(text -> text.startsWith("\uFEFF") ? text.substring(1) : text)
        .or(() -> decoded(beginning, Charset.forName("GB18030"), whole))
        .or(() -> Optional.of(new String(beginning, StandardCharsets.ISO_8859_1)));
  }

  private static boolean startsWith(byte[] bytes, int first, int second) {
    return bytes.length >= 2 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
  }

  private static Optional<String> decoded(byte[] bytes, Charset charset, boolean whole) {
    CharsetDecoder decoder = charset.newDecoder();
    CharBuffer text = CharBuffer.allocate(bytes.length + 1);
    try {
      CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, whole);
      if (result.isError()) {
        result.throwException();
      }
      return Optional.of(text.flip().toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
