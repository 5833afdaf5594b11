package org.slipway.web;

import java.util.Optional;

/**
 * How much of a quota is used.
 *
 * @param percent of the quota, at most 100; 0 where it is unlimited
 */
public record QuotaBar(long used, Optional<Long> quota, int percent) {
  private static final int NEAR = 85;

  static QuotaBar of(long used, Optional<Long> quota) {
    long most = quota.orElse(0L);
    int percent =
        quota.isEmpty()
            ? 0
            : most <= 0 ? 100 : (int) Math.min(100, Math.round(100.0 * used / most));
    return new QuotaBar(used, quota, percent);
  }

  /** A style class. */
  public String getLook() {
    return percent >= 100 ? "full" : percent >= NEAR ? "near" : "";
  }
}
