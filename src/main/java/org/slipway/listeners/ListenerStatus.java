package org.slipway.listeners;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * How a listener is.
 *
 * @param address what is bound, while it listens
 * @param error why it failed, in one sentence with the remedy
 * @param since of this state
 */
public record ListenerStatus(
    String protocol,
    State state,
    Optional<InetSocketAddress> address,
    int configuredPort,
    Optional<String> error,
    Instant since) {

  /** The states of the contract. */
  public enum State {
    LISTENING,
    STOPPED,
    FAILED
  }
}
