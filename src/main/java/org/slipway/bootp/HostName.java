package org.slipway.bootp;

/**
 * The syntax of a host name (RFC 952, RFC 1123 section 2.1). A device may have any name on the
 * console; what is none of these would make its resolver choke.
 */
final class HostName {
  private static final int LONGEST = 253;
  private static final int LONGEST_LABEL = 63;

  private HostName() {}

  /** Looked at for every reply: no regular expression. */
  static boolean isValid(String name) {
    int label = 0;
    char before = '.';
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean fits =
          switch (c) {
            case '.' -> before != '.' && before != '-';
            case '-' -> before != '.';
            default -> isLetterOrDigit(c);
          };
      label = c == '.' ? 0 : label + 1;
      if (!fits || label > LONGEST_LABEL) {
        return false;
      }
      before = c;
    }
    return !name.isEmpty() && name.length() <= LONGEST && before != '.' && before != '-';
  }

  private static boolean isLetterOrDigit(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }
}
