package org.slipway.listeners;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * How a listener is.
 *
 * @param address what is bound, while it listens
 * @param implicitTlsPort its second port, with TLS from the first byte, if it has one
 * @param error why it failed, in one sentence with the remedy
 * @param since of this state
 * @param warning what an administrator should know of what it does
 */
public record ListenerStatus(
    String protocol,
    State state,
    Optional<InetSocketAddress> address,
    int configuredPort,
    Optional<Integer> implicitTlsPort,
    Optional<String> error,
    Instant since,
    Optional<String> warning) {

  /** With what is to be known of it now. */
  ListenerStatus warning(Optional<String> now) {
    return new ListenerStatus(
        protocol, state, address, configuredPort, implicitTlsPort, error, since, now);
  }

  /** The states of the contract. */
  public enum State {
    LISTENING,
    STOPPED,
    FAILED
  }
}
