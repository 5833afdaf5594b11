package org.slipway.tftp;

/**
 * How often something may happen: {@code most} times at once, and so many times a second in the
 * long run. Times are {@link System#nanoTime} values. Of one loop only.
 */
final class TokenBucket {
  private static final double SECOND = 1e9;

  private final int most;
  private final int perSecond;
  private double tokens;
  private long filledAt;

  TokenBucket(int most, int perSecond, long now) {
    this.most = most;
    this.perSecond = perSecond;
    this.tokens = most;
    this.filledAt = now;
  }

  /** Takes one; false if there is none. */
  boolean take(long now) {
    tokens = Math.min(most, tokens + (now - filledAt) / SECOND * perSecond);
    filledAt = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** Gives one back. */
  void giveBack() {
    tokens = Math.min(most, tokens + 1);
  }
}
