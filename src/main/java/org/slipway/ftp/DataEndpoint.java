package org.slipway.ftp;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/** The way on which the data connection of one transfer is opened. */
interface DataEndpoint extends AutoCloseable {

  /**
   * Opens the data connection; blocks its thread, which should be a virtual one.
   *
   * @param peer the only address that it may lead to
   * @throws NoDataConnectionException if it cannot be opened in time
   */
  SocketChannel connect(InetAddress peer, Duration patience) throws IOException;

  /**
   * The data connection if it has come already; waits for nothing.
   *
   * @param peer as for {@link #connect}
   */
  default Optional<SocketChannel> connected(InetAddress peer) throws IOException {
    return Optional.empty();
  }

  /**
   * Whether a second connection has come from the peer's address, which without TLS cannot be told
   * from the client's own; it is closed.
   */
  default boolean cameAnother(InetAddress peer) throws IOException {
    return false;
  }

  /** Gives the way up, from any thread; a {@link #connect} that waits fails. */
  @Override
  void close();
}
