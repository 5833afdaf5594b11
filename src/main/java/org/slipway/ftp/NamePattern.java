package org.slipway.ftp;

import java.util.Optional;

/**
 * A name with wildcards, as clients send it to LIST and NLST for want of a shell on this side:
 * {@code *} is any row of characters, {@code ?} is one. All else stands for itself.
 */
record NamePattern(String text) {

  /** Empty if the name has no wildcard. */
  static Optional<NamePattern> of(String name) {
    return name.indexOf('*') < 0 && name.indexOf('?') < 0
        ? Optional.empty()
        : Optional.of(new NamePattern(name));
  }

  /**
   * Goes back to the last star alone, so that no pattern takes longer than its length times that of
   * the name.
   */
  boolean matches(String name) {
    int at = 0;
    int in = 0;
    int star = -1;
    int behindStar = 0;
    while (in < name.length()) {
      if (at < text.length() && text.charAt(at) == '*') {
        star = at++;
        behindStar = in;
      } else if (at < text.length() && isOne(text.charAt(at), name.charAt(in))) {
        at++;
        in++;
      } else if (star >= 0) {
        at = star + 1;
        in = ++behindStar;
      } else {
        return false;
      }
    }
    while (at < text.length() && text.charAt(at) == '*') {
      at++;
    }
    return at == text.length();
  }

  private static boolean isOne(char pattern, char c) {
    return pattern == '?' || pattern == c;
  }
}
