package org.slipway.transfers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How fast something has been in the last seconds, from samples that are taken about once a second.
 * What is over before the first sample costs one object.
 */
final class RecentRate {
  /** So far back it looks: long enough to be steady, short enough to show a stall. */
  static final Duration SPAN = Duration.ofSeconds(5);

  private record Sample(Instant at, long bytes) {}

  private Sample first;
  private Deque<Sample> later;

  RecentRate(Instant started) {
    first = new Sample(started, 0);
  }

  /**
   * Keeps the newest sample that is as old as the span, and those behind it. A clock that was put
   * back begins anew.
   */
  synchronized void sample(Instant now, long bytes) {
    if (later == null) {
      later = new ArrayDeque<>();
    }
    if (now.isBefore(later.isEmpty() ? first.at : later.peekLast().at)) {
      later.clear();
      first = new Sample(now, bytes);
      return;
    }
    later.addLast(new Sample(now, bytes));
    while (!later.peekFirst().at.isAfter(now.minus(SPAN))) {
      first = later.removeFirst();
    }
  }

  synchronized long perSecond(Instant now, long bytes) {
    if (now.isBefore(first.at)) {
      return 0;
    }
    long millis = Math.max(1, Duration.between(first.at, now).toMillis());
    return Math.max(0, bytes - first.bytes) * 1000 / millis;
  }
}
