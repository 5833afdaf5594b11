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
 */
public record ListenerStatus(
    String protocol,
    State state,
    Optional<InetSocketAddress> address,
    int configuredPort,
    Optional<Integer> implicitTlsPort,
    Optional<String> error,
    Instant since) {

  /** The states of the contract. */
  public enum State {
    LISTENING,
    STOPPED,
    FAILED
  }
}
