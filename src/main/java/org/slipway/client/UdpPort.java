package org.slipway.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A bound UDP socket, one of the {@link UdpPorts} of its host. */
final class UdpPort implements Closeable {
  /** Largest UDP payload. */
  static final int MAX_DATAGRAM = 65_507;

  private static final int RECEIVE_BUFFER = 1 << 20;

  /**
   * So long the next datagram is looked for before the thread sleeps: to be woken takes longer than
   * a server needs for the next block. Where there is one processor the server needs it.
   */
  private static final long AWAKE_NANOS =
      Runtime.getRuntime().availableProcessors() > 1 ? 50_000 : 0;

  private final DatagramChannel channel;
  private final UdpPorts ports;
  private Receiver background = datagram -> {};

  /** What is done with a datagram that nobody is waiting for. */
  interface Receiver {
    void receive(Datagram datagram) throws IOException;
  }

  /**
   * @param content valid until the next one is received, at whichever port of the host
   */
  record Datagram(InetSocketAddress from, ByteBuffer content) {}

  private UdpPort(DatagramChannel channel, UdpPorts ports) {
    this.channel = channel;
    this.ports = ports;
  }

  static UdpPort open(UdpPorts ports, InetSocketAddress local) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    return bind(channel, ports, local);
  }

  /** For BOOTP, which may broadcast: an IPv4 socket, because IPv6 knows no broadcast. */
  static UdpPort openForBroadcast(UdpPorts ports, InetSocketAddress local) throws IOException {
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
    return bind(channel, ports, local);
  }

  private static UdpPort bind(DatagramChannel channel, UdpPorts ports, InetSocketAddress local)
      throws IOException {
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
      channel.bind(local);
      channel.configureBlocking(false);
      UdpPort port = new UdpPort(channel, ports);
      channel.register(ports.selector(), SelectionKey.OP_READ, port);
      return port;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  void send(ByteBuffer datagram, InetSocketAddress to) throws IOException {
    if (!ports.loss().takesNext()) {
      channel.send(datagram, to);
    }
  }

  /**
   * Sends the same to many.
   *
   * @throws IOException if it could be sent to none: a network that is not there must not keep the
   *     others from being asked
   */
  void sendToSome(ByteBuffer datagram, List<InetSocketAddress> all) throws IOException {
    IOException failed = null;
    int sent = 0;
    for (InetSocketAddress to : all) {
      try {
        send(datagram.duplicate(), to);
        sent++;
      } catch (IOException e) {
        failed = e;
      }
    }
    if (sent == 0 && failed != null) {
      throw failed;
    }
  }

  /**
   * Until {@link #disconnect} only this peer is heard, and whether nothing listens at its port:
   * then receiving throws a {@link java.net.PortUnreachableException}.
   */
  void connect(InetSocketAddress peer) throws IOException {
    channel.connect(peer);
  }

  void disconnect() throws IOException {
    channel.disconnect();
  }

  /** From now on this port is left alone, but for what arrives while another one is waited for. */
  void leaveTo(Receiver receiver) {
    background = receiver;
  }

  /** Waits for the next datagram; empty when the time is up. */
  Optional<Datagram> receive(Duration longest) throws IOException {
    long deadline = System.nanoTime() + longest.toNanos();
    // One of many threads that share the processors would keep the others from their packets.
    long awake = Thread.currentThread().isVirtual() ? 0 : AWAKE_NANOS;
    long asleep = System.nanoTime() + awake;
    while (true) {
      Datagram datagram = poll();
      if (datagram != null) {
        return Optional.of(datagram);
      }
      long now = System.nanoTime();
      if (now - asleep < 0) {
        Thread.onSpinWait();
        continue;
      }
      long left = deadline - now;
      if (left <= 0) {
        return Optional.empty();
      }
      select(Math.max(1, Duration.ofNanos(left).toMillis()));
    }
  }

  private void select(long millis) throws IOException {
    Selector selector = ports.selector();
    selector.select(millis);
    for (SelectionKey key : selector.selectedKeys()) {
      UdpPort port = (UdpPort) key.attachment();
      if (port != this) {
        Datagram datagram = port.poll();
        if (datagram != null) {
          port.background.receive(datagram);
        }
      }
    }
    selector.selectedKeys().clear();
  }

  private Datagram poll() throws IOException {
    ByteBuffer buffer = ports.buffer();
    while (true) {
      InetSocketAddress from = (InetSocketAddress) channel.receive(buffer.clear());
      if (from == null || !ports.loss().takesNext()) {
        return from == null ? null : new Datagram(from, buffer.flip());
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
