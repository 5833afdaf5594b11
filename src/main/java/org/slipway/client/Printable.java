package org.slipway.client;

/** Text from the network made safe for a terminal: no escape sequence reaches it. */
final class Printable {
  private static final int LONGEST = 300;

  private Printable() {}

  static String of(String text) {
    StringBuilder result = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(c -> {
          if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
            result.append("\\u%04X".formatted(c));
          } else {
            result.appendCodePoint(c);
          }
        });
    return result.toString();
  }
}
