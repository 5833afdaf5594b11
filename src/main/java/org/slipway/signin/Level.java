package org.slipway.signin;

import java.time.Duration;
import java.time.Instant;

/**
 * A bucket of failures that leaks: full after so many at once, empty again after the window. Then a
 * place becomes free every now and then, so that it slows down rather than shuts out.
 *
 * @param amount how full it was
 * @param at when
 */
record Level(double amount, Instant at) {

  /**
   * @param most how many failures it holds
   * @param window how long it takes to empty
   */
  record Rule(int most, Duration window) {
    private Duration each() {
      return window.dividedBy(most);
    }
  }

  static Level empty() {
    return new Level(0, Instant.EPOCH);
  }

  double amount(Instant now, Rule rule) {
    double leaked = (double) Duration.between(at, now).toMillis() / rule.window().toMillis();
    return Math.max(0, amount - leaked * rule.most());
  }

  Level failed(Instant now, Rule rule) {
    return new Level(Math.min(rule.most(), amount(now, rule) + 1), now);
  }

  /** When there is room for one more; not after now if there is. */
  Instant free(Instant now, Rule rule) {
    double over = amount(now, rule) - (rule.most() - 1);
    return over <= 0 ? now : now.plusMillis(Math.max(1, Math.round(over * rule.each().toMillis())));
  }
}
