package org.slipway.ftp;

import java.util.Optional;

/**
 * Nobody is logged in.
 *
 * @param username what the last USER named, until a PASS
 * @param failures logins that were refused, and lines that were no command
 */
record BeforeLogin(Optional<String> username, int failures) implements SessionStage {
  /** After so many the session ends. */
  static final int MOST_FAILURES = 3;

  static final BeforeLogin FIRST = new BeforeLogin(Optional.empty(), 0);

  BeforeLogin named(String name) {
    return new BeforeLogin(Optional.of(name), failures);
  }

  BeforeLogin unnamed() {
    return new BeforeLogin(Optional.empty(), failures);
  }

  BeforeLogin failed() {
    return new BeforeLogin(Optional.empty(), failures + 1);
  }
}
