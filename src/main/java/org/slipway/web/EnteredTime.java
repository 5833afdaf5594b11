package org.slipway.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** A time as a field of the browser gives it, in the zone in which the pages show times. */
final class EnteredTime {
  private EnteredTime() {}

  /** Empty for nothing, and for what no browser sends. */
  static Optional<Instant> read(String text) {
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
