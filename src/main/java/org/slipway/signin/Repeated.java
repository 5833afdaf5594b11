package org.slipway.signin;

import java.time.Duration;
import java.time.Instant;

/**
 * Failures of one account from one address, one after the other: after some the account is locked
 * out there, for a time that doubles with each further failure.
 *
 * @param failures how many in a row
 * @param last when it failed last
 * @param until when the next attempt is looked at; before {@code last} if at once
 */
record Repeated(int failures, Instant last, Instant until) {
  private static final int MOST_DOUBLINGS = 20;

  /**
   * When and for how long somebody is locked out.
   *
   * @param failures so many are let through
   * @param first the first time
   * @param longest never longer than this
   * @param window after this time without an attempt all is forgotten
   */
  record Rule(int failures, Duration first, Duration longest, Duration window) {}

  static Repeated none() {
    return new Repeated(0, Instant.EPOCH, Instant.EPOCH);
  }

  boolean isLocked(Instant now) {
    return now.isBefore(until);
  }

  /** As it counts now: nothing, if it is long ago. */
  Repeated at(Instant now, Duration window) {
    Instant end = until.isAfter(last) ? until : last;
    return now.isAfter(end.plus(window)) ? none() : this;
  }

  Repeated failed(Instant now, Rule rule) {
    int more = at(now, rule.window()).failures + 1;
    return new Repeated(
        more, now, more < rule.failures() ? Instant.EPOCH : now.plus(lock(more, rule)));
  }

  private static Duration lock(int failures, Rule rule) {
    int doublings = Math.min(failures - rule.failures(), MOST_DOUBLINGS);
    Duration lock = rule.first().multipliedBy(1L << doublings);
    return lock.compareTo(rule.longest()) > 0 ? rule.longest() : lock;
  }
}
