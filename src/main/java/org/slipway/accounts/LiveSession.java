package org.slipway.accounts;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something open that belongs to an account and must end when the account may no longer have it.
 */
public interface LiveSession {
  UUID accountId();

  Channel channel();

  /** Numeric address of the peer. */
  String address();

  /** Whether it is one of the sessions that an account may have at a time. */
  default boolean isCounted() {
    return true;
  }

  /** The program at the other side, where it is known; a few words. */
  default Optional<String> client() {
    return Optional.empty();
  }

  /** How its connection is encrypted, such as {@code TLSv1.3}; empty if it is not. */
  default Optional<String> tls() {
    return Optional.empty();
  }

  /** The folder in which it is, where it has one. */
  default Optional<String> currentFolder() {
    return Optional.empty();
  }

  /** What the peer asked for last, without any argument, where that is known. */
  default Optional<String> lastCommand() {
    return Optional.empty();
  }

  /** When it was used last, where that is known. */
  default Optional<Instant> lastUsed() {
    return Optional.empty();
  }

  /** Why its time is over by now; empty while it is not. */
  default Optional<Refusal> overdue(Instant now) {
    return Optional.empty();
  }

  /** Why the account, as it is now, may not have it like this any more; empty if it may. */
  default Optional<Refusal> objection(Account now) {
    return Optional.empty();
  }

  /**
   * Ends it soon, telling the peer why as far as its protocol can; may be called from any thread.
   */
  void end(Refusal why);
}
