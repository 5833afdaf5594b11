package org.slipway.signin;

import java.util.Locale;

/**
 * A user name as it was typed, whether there is such an account or not, and where it was typed.
 *
 * @param name lower case, cut to what could be a name
 */
record Pair(String name, Source source) {
  private static final int LONGEST_NAME = 64;

  static Pair of(String username, Source source) {
    return new Pair(key(username), source);
  }

  /** Two spellings that would find the same account are the same. */
  static String key(String username) {
    String lower = username.strip().toLowerCase(Locale.ROOT);
    return lower.length() <= LONGEST_NAME ? lower : lower.substring(0, LONGEST_NAME);
  }
}
