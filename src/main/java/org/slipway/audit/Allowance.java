package org.slipway.audit;

import java.time.Duration;
import java.time.Instant;

/** How many rows strangers may cause: so many at once, and so many a minute after that. */
public final class Allowance {
  private final double most;
  private final double perMinute;
  private double left;
  private Instant filled;

  public Allowance(int atOnce, int perMinute, Instant now) {
    this.most = atOnce;
    this.perMinute = perMinute;
    this.left = atOnce;
    this.filled = now;
  }

  /** Takes one; false if none is left at this moment. */
  public synchronized boolean take(Instant now) {
    double minutes = Math.max(0, Duration.between(filled, now).toMillis() / 60_000.0);
    left = Math.min(most, left + minutes * perMinute);
    filled = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
