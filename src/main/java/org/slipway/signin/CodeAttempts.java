package org.slipway.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;

/**
 * Counts wrong codes of the second factor. A code has only a million values, three of them right at
 * a time: so few tries an hour make guessing hopeless, and only one who has the password can use
 * them up.
 */
final class CodeAttempts {
  static final int MOST = 10;
  static final Duration WITHIN = Duration.ofHours(1);

  private final Clock clock;
  private final Map<UUID, Wrong> wrong = new ConcurrentHashMap<>();

  private record Wrong(int count, Instant first) {}

  CodeAttempts(Clock clock) {
    this.clock = clock;
  }

  /**
   * Counts a try before it is judged, so that many at once are no more than one after the other.
   *
   * @throws RefusedException {@code LOCKED_OUT} after too many
   */
  void begin(UUID accountId) {
    Wrong now =
        wrong.compute(
            accountId,
            (id, before) ->
                before == null || clock.instant().isAfter(before.first().plus(WITHIN))
                    ? new Wrong(1, clock.instant())
                    : new Wrong(Math.min(before.count() + 1, MOST + 1), before.first()));
    if (now.count() > MOST) {
      throw new RefusedException(
          Refusal.Kind.LOCKED_OUT,
          "Too many wrong codes; wait an hour, or let an administrator reset the second factor");
    }
  }

  void forget(UUID accountId) {
    wrong.remove(accountId);
  }
}
