package org.slipway.web;

import java.util.Optional;

/** What somebody typed into a field that may stay empty. */
final class Entered {
  private Entered() {}

  static Optional<String> text(String typed) {
    return Optional.ofNullable(typed).map(String::strip).filter(t -> !t.isEmpty());
  }
}
