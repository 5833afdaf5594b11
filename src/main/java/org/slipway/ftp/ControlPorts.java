package org.slipway.ftp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.listeners.PortUnavailableException;
import org.slipway.settings.FtpSettings;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;

/**
 * Where control connections arrive: the port of FTP and, if there is one, that of implicit TLS. One
 * thread waits for both.
 */
final class ControlPorts implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ControlPorts.class.getName());
  private static final int BACKLOG = 1024;
  private static final Duration AFTER_FAILED_ACCEPT = Duration.ofMillis(100);

  private final Selector selector;
  private final ServerSocketChannel plain;
  private final Optional<ServerSocketChannel> implicit;

  /** Takes a connection that has arrived. */
  interface Admission {
    /**
     * @param implicitTls whether it begins with a TLS handshake
     */
    void admit(SocketChannel connection, boolean implicitTls) throws IOException;
  }

  private ControlPorts(
      Selector selector, ServerSocketChannel plain, Optional<ServerSocketChannel> implicit) {
    this.selector = selector;
    this.plain = plain;
    this.implicit = implicit;
  }

  /**
   * Binds all of them, or none.
   *
   * @throws PortUnavailableException if it is for the port of implicit TLS
   */
  static ControlPorts open(Settings settings) throws IOException {
    Optional<InetAddress> address = settings.get(PortalSettings.BIND_ADDRESS);
    Optional<Integer> implicitPort = settings.get(FtpSettings.TLS_IMPLICIT_PORT);
    Selector selector = Selector.open();
    ServerSocketChannel plain = null;
    try {
      plain = bound(selector, address, settings.get(FtpSettings.PORT), false);
      return new ControlPorts(
          selector,
          plain,
          implicitPort.isEmpty()
              ? Optional.empty()
              : Optional.of(implicit(selector, address, implicitPort.get())));
    } catch (IOException | RuntimeException e) {
      if (plain != null) {
        plain.close();
      }
      selector.close();
      throw e;
    }
  }

  private static ServerSocketChannel implicit(
      Selector selector, Optional<InetAddress> address, int port) throws IOException {
    try {
      return bound(selector, address, port, true);
    } catch (IOException e) {
      throw new PortUnavailableException(port, FtpSettings.TLS_IMPLICIT_PORT.name(), e);
    }
  }

  private static ServerSocketChannel bound(
      Selector selector, Optional<InetAddress> address, int port, boolean implicitTls)
      throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(
          address
              .map(a -> new InetSocketAddress(a, port))
              .orElseGet(() -> new InetSocketAddress(port)),
          BACKLOG);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_ACCEPT, implicitTls);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  InetSocketAddress address() throws IOException {
    return (InetSocketAddress) plain.getLocalAddress();
  }

  Optional<Integer> implicitTlsPort() {
    return implicit.map(channel -> channel.socket().getLocalPort());
  }

  /** Hands on what arrives, until it is closed. */
  void serve(Admission admission) throws IOException {
    try {
      while (selector.isOpen()) {
        selector.select(key -> accept(key, admission));
      }
    } catch (ClosedSelectorException e) {
      // Closed, which is how it ends.
    }
  }

  /** A lack of file descriptors passes; it must not end the listener. */
  private static void accept(SelectionKey key, Admission admission) {
    ServerSocketChannel channel = (ServerSocketChannel) key.channel();
    try {
      SocketChannel connection = channel.accept();
      if (connection != null) {
        admission.admit(connection, (Boolean) key.attachment());
      }
    } catch (IOException e) {
      if (channel.isOpen()) {
        LOG.log(Level.WARNING, "A connection could not be accepted", e);
        LockSupport.parkNanos(AFTER_FAILED_ACCEPT.toNanos());
      }
    }
  }

  /** When it returns, the ports are free. */
  @Override
  public void close() throws IOException {
    try {
      plain.close();
      if (implicit.isPresent()) {
        implicit.get().close();
      }
    } finally {
      selector.close();
    }
  }
}
