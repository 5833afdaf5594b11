package org.slipway.ftp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The passive port of one session. It is kept from one transfer to the next, which saves a socket
 * for each; connections that nobody asked for are dropped before the port is announced again.
 */
final class PassiveListener implements DataEndpoint {
  private final ServerSocketChannel channel;
  private final int port;
  private final Consumer<PassiveListener> released;
  private boolean announced;

  /** Whether it waits for a data connection, or is about to. */
  private boolean expecting;

  private boolean closed;

  /** Whether somebody else has come to the present transfer. */
  private boolean strangers;

  PassiveListener(ServerSocketChannel channel, int port, Consumer<PassiveListener> released) {
    this.channel = channel;
    this.port = port;
    this.released = released;
  }

  int port() {
    return port;
  }

  /** Whether a client was told the port and has not yet used it. */
  synchronized boolean isAnnounced() {
    return announced;
  }

  /** Makes it ready for one data connection. */
  void announce() throws IOException {
    synchronized (this) {
      announced = true;
    }
    strangers = false;
    channel.configureBlocking(false);
    for (SocketChannel stale = channel.accept(); stale != null; stale = channel.accept()) {
      stale.close();
    }
    channel.configureBlocking(true);
  }

  /** Another transfer shall not use the announcement too. */
  synchronized void use() {
    announced = false;
    expecting = true;
  }

  /** Nobody will use the announcement. */
  synchronized void withdraw() {
    announced = false;
  }

  /** Closes it for somebody else's sake, if it is only kept for later. */
  boolean giveUp() {
    synchronized (this) {
      if (announced || expecting || closed) {
        return false;
      }
      close();
      return true;
    }
  }

  /**
   * Waits for the data connection of the peer; connections from elsewhere are closed (RFC 2577
   * section 4).
   */
  @Override
  public SocketChannel connect(InetAddress peer, Duration patience) throws IOException {
    try {
      return accept(peer, patience);
    } catch (SocketTimeoutException e) {
      close();
      throw new NoDataConnectionException(
          strangers
              ? "To port "
                  + port
                  + " came connections from other addresses than that of your control connection"
                  + " alone; they were dropped."
              : "No data connection came to port "
                  + port
                  + "; is it kept off by a firewall or NAT?");
    } finally {
      arrived();
    }
  }

  private synchronized void arrived() {
    expecting = false;
  }

  @Override
  public Optional<SocketChannel> connected(InetAddress peer) throws IOException {
    channel.configureBlocking(false);
    try {
      for (int i = 0; i < PassivePorts.BACKLOG; i++) {
        SocketChannel data = channel.accept();
        if (data == null) {
          return Optional.empty();
        }
        if (comesFrom(peer, data)) {
          arrived();
          return Optional.of(data);
        }
        strangers = true;
        data.close();
      }
      return Optional.empty();
    } finally {
      channel.configureBlocking(true);
    }
  }

  private static boolean comesFrom(InetAddress peer, SocketChannel data) throws IOException {
    return ((InetSocketAddress) data.getRemoteAddress()).getAddress().equals(peer);
  }

  private SocketChannel accept(InetAddress peer, Duration patience) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new SocketTimeoutException("no data connection");
      }
      channel.socket().setSoTimeout((int) left);
      SocketChannel data = channel.socket().accept().getChannel();
      if (comesFrom(peer, data)) {
        return data;
      }
      strangers = true;
      data.close();
    }
  }

  @Override
  public boolean cameAnother(InetAddress peer) throws IOException {
    boolean another = false;
    channel.configureBlocking(false);
    for (SocketChannel next = channel.accept(); next != null; next = channel.accept()) {
      another |= ((InetSocketAddress) next.getRemoteAddress()).getAddress().equals(peer);
      next.close();
    }
    channel.configureBlocking(true);
    return another;
  }

  /** Closes the port; a {@link #connect} that waits fails. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    try {
      channel.close();
    } catch (IOException e) {
      // It is of no more use either way.
    } finally {
      released.accept(this);
    }
  }
}
