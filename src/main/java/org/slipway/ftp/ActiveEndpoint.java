package org.slipway.ftp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A port at the client, to which the data connection of one transfer is opened (active mode). It
 * holds no address: the data connection goes to the peer of the control connection and nowhere else
 * (RFC 2577 section 3).
 */
final class ActiveEndpoint implements DataEndpoint {
  private final InetAddress local;
  private final int port;
  private SocketChannel opening;
  private boolean closed;

  /**
   * @param local the address that the data connection comes from, which is that of the control
   *     connection
   */
  ActiveEndpoint(InetAddress local, int port) {
    this.local = local;
    this.port = port;
  }

  @Override
  public SocketChannel connect(InetAddress peer, Duration patience) throws IOException {
    SocketChannel channel = begin();
    try {
      channel.bind(new InetSocketAddress(local, 0));
      channel.socket().connect(new InetSocketAddress(peer, port), (int) patience.toMillis());
      return channel;
    } catch (IOException e) {
      channel.close();
      throw isClosed()
          ? e
          : new NoDataConnectionException(
              "No data connection could be opened to your port "
                  + port
                  + "; is it kept off by a firewall or NAT? Passive mode needs no port at your side.");
    } finally {
      end();
    }
  }

  private synchronized SocketChannel begin() throws IOException {
    opening = SocketChannel.open();
    if (closed) {
      opening.close();
    }
    return opening;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** From here on the connection belongs to the transfer. */
  private synchronized void end() {
    opening = null;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (opening != null) {
      try {
        opening.close();
      } catch (IOException e) {
        // It is of no more use either way.
      }
    }
  }
}
