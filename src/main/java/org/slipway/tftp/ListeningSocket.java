package org.slipway.tftp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The well-known port, on one address or on all of them. */
final class ListeningSocket implements TransferLoop.Ready {
  private static final Logger LOG = Logger.getLogger(ListeningSocket.class.getName());

  /** Other sockets get their turn after so many datagrams. */
  private static final int AT_ONCE = 64;

  private final DatagramChannel channel;
  private final TransferLoop loop;
  private final Reception reception;

  /** Only where the socket is for all addresses, and the system tells. */
  private final Optional<ArrivalAddress> arrival;

  private Optional<InetAddress> arrivedAt = Optional.empty();

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
    this.arrival =
        address().getAddress().isAnyLocalAddress() ? ArrivalAddress.of(channel) : Optional.empty();
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

  /**
   * The address of ours from which the datagram that was taken last is answered; the wildcard
   * address leaves it to the system.
   */
  InetAddress answersFrom() {
    return arrivedAt.orElseGet(() -> address().getAddress());
  }

  /**
   * Answers the datagram that was taken last, by a packet that none follows. It comes from the
   * well-known port, or where the system would choose another address than was asked, from any port
   * of that one.
   */
  void refuse(ByteBuffer datagram, InetSocketAddress client) {
    if (arrivedAt.isEmpty()) {
      send(datagram, client);
      return;
    }
    InetSocketAddress from = new InetSocketAddress(arrivedAt.get(), 0);
    try (DatagramChannel own =
        DatagramChannel.open(ListeningSockets.family(client.getAddress())).bind(from)) {
      own.send(datagram, client);
    } catch (IOException e) {
      LOG.log(Level.FINE, "An error could not be sent", e);
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
      if (arrival.isPresent() && !arrival.get().look()) {
        return;
      }
      arrivedAt = arrival.flatMap(ArrivalAddress::address);
      InetSocketAddress client = (InetSocketAddress) channel.receive(in);
      if (client == null) {
        return;
      }
      reception.received(this, client, in.flip(), now);
    }
  }
}
