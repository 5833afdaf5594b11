package org.slipway.bootp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.bootp.ReplyAddress.Route;
import org.slipway.bootp.wire.BootpPacket;

/**
 * The server's UDP socket, and how broadcast replies leave by the right interface.
 *
 * <p>Where the system tells on which interface a request came in ({@link PacketInfo}), its reply
 * leaves there. Elsewhere there is one more socket for each of our addresses that broadcast replies
 * leave from: a broadcast to 255.255.255.255 goes out on one interface only, and the system finds
 * it by the address that the sending socket is bound to. Such a socket has the server's port too,
 * because clients check it (the Linux kernel's own does). It is connected to where it sends: bound
 * alone it would take the unicast requests of its address away from the socket that we listen on.
 */
final class BootpSocket implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(BootpSocket.class.getName());

  /** A site that loses power asks all at once. The system may grant less. */
  private static final int RECEIVE_BUFFER = 4 << 20;

  private final DatagramChannel main;
  private final InetSocketAddress local;
  private final Optional<Selector> arrivals;
  private final Optional<PacketInfo> packetInfo;
  private final Map<Broadcaster, DatagramChannel> broadcasters = new HashMap<>();
  private final Set<Inet4Address> unusable = new HashSet<>();
  private volatile boolean closed;

  /**
   * Read-locked while the system is called with the descriptor of the socket: once that is closed,
   * the number is soon another file's, which would get our reply.
   */
  private final ReadWriteLock descriptor = new ReentrantReadWriteLock();

  private record Broadcaster(Inet4Address from, InetSocketAddress to) {}

  /**
   * What came.
   *
   * @param interfaceIndex where it came in; 0 where the system does not tell
   */
  record Arrival(InetSocketAddress source, int interfaceIndex) {}

  private BootpSocket(DatagramChannel main, boolean withPacketInfo) throws IOException {
    this.main = main;
    this.local = (InetSocketAddress) main.getLocalAddress();
    this.packetInfo = withPacketInfo ? PacketInfo.of(main) : Optional.empty();
    this.arrivals = packetInfo.isPresent() ? Optional.of(Selector.open()) : Optional.empty();
    if (arrivals.isPresent()) {
      main.configureBlocking(false);
      main.register(arrivals.get(), SelectionKey.OP_READ);
    }
  }

  /**
   * Binds without SO_REUSEADDR: on Linux that would let another program share the port, and one of
   * the two would hear nothing.
   *
   * @param address any-local for all addresses
   */
  static BootpSocket open(InetAddress address, int port) throws IOException {
    return open(address, port, true);
  }

  /**
   * @param withPacketInfo whether to learn the interfaces of datagrams, where the system tells them
   */
  static BootpSocket open(InetAddress address, int port, boolean withPacketInfo)
      throws IOException {
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    try {
      channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
      channel.bind(new InetSocketAddress(address, port));
      return new BootpSocket(channel, withPacketInfo);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  InetSocketAddress localAddress() {
    return local;
  }

  /** Whether {@link #close} was called. */
  boolean isClosed() {
    return closed;
  }

  /**
   * Waits for a datagram; the buffer is cleared before and flipped after.
   *
   * @param into a direct buffer
   */
  Arrival receive(ByteBuffer into) throws IOException {
    into.clear();
    Arrival arrival =
        packetInfo.isPresent()
            ? awaited(packetInfo.get(), arrivals.orElseThrow(), into)
            : new Arrival((InetSocketAddress) main.receive(into), 0);
    into.flip();
    return arrival;
  }

  private Arrival awaited(PacketInfo from, Selector selector, ByteBuffer into) throws IOException {
    Optional<Arrival> arrival = taken(from, into);
    while (arrival.isEmpty()) {
      try {
        selector.select();
        selector.selectedKeys().clear();
      } catch (ClosedSelectorException e) {
        throw new ClosedChannelException();
      }
      arrival = taken(from, into);
    }
    return arrival.get();
  }

  private Optional<Arrival> taken(PacketInfo from, ByteBuffer into) throws IOException {
    descriptor.readLock().lock();
    try {
      requireOpen();
      return from.receive(into);
    } finally {
      descriptor.readLock().unlock();
    }
  }

  private void requireOpen() throws ClosedChannelException {
    if (!main.isOpen()) {
      throw new ClosedChannelException();
    }
  }

  /**
   * @param server the address that a broadcast leaves from
   * @param interfaceIndex where the request came in; 0 if that is not known
   */
  void send(ByteBuffer reply, ReplyAddress to, Inet4Address server, int interfaceIndex)
      throws IOException {
    if (to.route() == Route.BROADCAST && interfaceIndex != 0 && packetInfo.isPresent()) {
      answerThere(packetInfo.get(), reply, to.destination(), server, interfaceIndex);
    } else if (to.route() != Route.BROADCAST || local.getAddress().equals(server)) {
      main.send(reply, to.destination());
    } else {
      broadcast(reply, new Broadcaster(server, to.destination()));
    }
  }

  /** Told an address that is none of ours (behind NAT), the system takes the interface's own. */
  private void answerThere(
      PacketInfo by,
      ByteBuffer reply,
      InetSocketAddress to,
      Inet4Address server,
      int interfaceIndex)
      throws IOException {
    descriptor.readLock().lock();
    try {
      requireOpen();
      try {
        by.send(reply, to, interfaceIndex, server);
      } catch (IOException notOurs) {
        warnOnce(server, notOurs);
        by.send(reply, to, interfaceIndex, BootpPacket.UNSET);
      }
    } finally {
      descriptor.readLock().unlock();
    }
  }

  /** A socket that fails is opened anew once: its interface may have gone and come back. */
  private void broadcast(ByteBuffer reply, Broadcaster by) throws IOException {
    try {
      broadcaster(by).write(reply);
    } catch (IOException e) {
      discard(by);
      if (closed) {
        throw e;
      }
      sendAsTheSystemLikes(reply.rewind(), by, e);
    }
  }

  private void sendAsTheSystemLikes(ByteBuffer reply, Broadcaster by, IOException first)
      throws IOException {
    try {
      broadcaster(by).write(reply);
    } catch (IOException e) {
      discard(by);
      warnOnce(by.from(), first);
      main.send(reply.rewind(), by.to());
    }
  }

  private void warnOnce(Inet4Address from, IOException why) {
    synchronized (broadcasters) {
      if (!unusable.add(from)) {
        return;
      }
    }
    LOG.log(
        Level.WARNING,
        "BOOTP replies cannot be broadcast from {0} ({1}): is it an address of this machine?"
            + " The system chooses the interface instead.",
        new Object[] {from.getHostAddress(), why.getMessage()});
  }

  private DatagramChannel broadcaster(Broadcaster by) throws IOException {
    synchronized (broadcasters) {
      DatagramChannel channel = broadcasters.get(by);
      if (channel == null) {
        channel = openBroadcaster(by);
        broadcasters.put(by, channel);
      }
      return channel;
    }
  }

  /** Two sockets share our port only while both allow it: ours does for this moment. */
  private DatagramChannel openBroadcaster(Broadcaster by) throws IOException {
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    try {
      channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      main.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      try {
        channel.bind(new InetSocketAddress(by.from(), local.getPort()));
      } finally {
        main.setOption(StandardSocketOptions.SO_REUSEADDR, false);
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, false);
      }
      channel.connect(by.to());
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void discard(Broadcaster by) throws IOException {
    synchronized (broadcasters) {
      DatagramChannel channel = broadcasters.remove(by);
      if (channel != null) {
        channel.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    descriptor.writeLock().lock();
    try {
      main.close();
      if (arrivals.isPresent()) {
        arrivals.get().close();
      }
    } finally {
      descriptor.writeLock().unlock();
      synchronized (broadcasters) {
        for (DatagramChannel channel : broadcasters.values()) {
          channel.close();
        }
        broadcasters.clear();
      }
    }
  }
}
