package org.slipway.listeners;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A protocol that can be served. The supervisor calls {@link #bind} on its own thread, so that a
 * port that cannot be had is known at once, and then {@link #serve} on a thread of the loop
 * executor.
 */
public interface ProtocolListener {

  /** {@code bootp}, {@code tftp} or {@code ftp}: its name in settings, the API and the log. */
  String protocol();

  /** Whether the settings say that it shall run. */
  boolean enabled();

  /** Whether it belongs to the portal at all, as the settings are: else it is not shown. */
  default boolean isOffered() {
    return true;
  }

  /** The port that the settings name. */
  int configuredPort();

  /**
   * A second port, where connections are protected by TLS from their first byte; what is bound,
   * else what the settings name.
   */
  default Optional<Integer> implicitTlsPort() {
    return Optional.empty();
  }

  /** What an administrator should know of what it does, in one sentence or two. */
  default Optional<String> warning() {
    return Optional.empty();
  }

  /**
   * Opens its socket, or all of them.
   *
   * @return the address that is bound, of {@link #configuredPort}
   * @throws PortUnavailableException if another port than that cannot be had
   * @throws IOException if it cannot; nothing stays open
   */
  InetSocketAddress bind() throws IOException;

  /** The loop; returns when {@link #stop} was called, throws only for a fault that ends it. */
  void serve() throws IOException;

  /** Closes the socket and ends its sessions; safe when not bound, and from any thread. */
  void stop();
}
