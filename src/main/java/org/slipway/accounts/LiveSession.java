package org.slipway.accounts;

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

  /**
   * Ends it soon, telling the peer why as far as its protocol can; may be called from any thread.
   */
  void end(Refusal why);
}
