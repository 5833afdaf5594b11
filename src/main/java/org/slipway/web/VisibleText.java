package org.slipway.web;

/**
 * A text of a stranger as a reader may see it: what has no shape of its own, or changes how the
 * rest is shown, stands as its name or number between {@code ⟨ ⟩}.
 */
final class VisibleText {
  private VisibleText() {}

  static String of(String text) {
    if (text == null) {
      return "";
    }
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(shown, c));
    return shown.toString();
  }

  private static void append(StringBuilder shown, int c) {
    if (isPlain(c)) {
      shown.appendCodePoint(c);
    } else {
      shown.append('\u27e8').append(name(c)).append('\u27e9');
    }
  }

  /** Marks that turn or hide text are of the type FORMAT; U+2028 and U+2029 break lines. */
  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static String name(int c) {
    return switch (c) {
      case 0 -> "NUL";
      case '\t' -> "TAB";
      case '\n' -> "LF";
      case '\r' -> "CR";
      case 0x1b -> "ESC";
      default -> "U+%04X".formatted(c);
    };
  }
}
