package org.slipway.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/** The well-known port, on one address or on all of them. */
final class ListeningSocket implements TransferLoop.Ready {
  /** Other sockets get their turn after so many datagrams. */
  private static final int AT_ONCE = 64;

  private final DatagramChannel channel;
  private final TransferLoop loop;
  private final Reception reception;

  /** What is done with a datagram. */
  @FunctionalInterface
  interface Reception {
    void received(ListeningSocket socket, InetSocketAddress client, ByteBuffer datagram, long now);
  }

  ListeningSocket(DatagramChannel channel, TransferLoop loop, Reception reception)
      throws IOException {
    this.channel = channel;
    this.loop = loop;
    this.reception = reception;
    loop.register(channel, this);
  }

  /** What it is bound to; the wildcard address where it serves all. */
  InetSocketAddress address() {
    try {
      return (InetSocketAddress) channel.getLocalAddress();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Sends a datagram from the well-known port; if there is no room it is lost. */
  boolean send(ByteBuffer datagram, InetSocketAddress client) {
    try {
      return channel.send(datagram, client) > 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void ready(SelectionKey key, long now) throws IOException {
    for (int i = 0; i < AT_ONCE; i++) {
      ByteBuffer in = loop.in().clear();
      InetSocketAddress client = (InetSocketAddress) channel.receive(in);
      if (client == null) {
        return;
      }
      reception.received(this, client, in.flip(), now);
    }
  }
}
