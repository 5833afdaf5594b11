package org.slipway.client;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slipway.bootp.wire.BootpCodec;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.bootp.wire.BootpPacket.Op;
import org.slipway.bootp.wire.ClientHardware;
import org.slipway.bootp.wire.MalformedBootpException;
import org.slipway.bootp.wire.VendorArea;

/**
 * Asks for the next boot step (RFC 951 section 7.1). One question keeps its xid however often it is
 * sent, so that a server can tell a repeated question from the next one.
 */
final class BootpExchange {
  private final UdpPort port;
  private final List<InetSocketAddress> servers;
  private final ClientHardware hardware;
  private final Inet4Address address;
  private final int flags;
  private final List<Duration> waits;
  private final RandomGenerator random;
  private boolean refused;

  /**
   * @param servers that each question goes to, broadcast addresses among them
   * @param from the address that the client has already; empty for none
   * @param waits after each sending
   */
  BootpExchange(
      UdpPort port,
      List<InetSocketAddress> servers,
      ClientHardware hardware,
      Optional<InetAddress> from,
      List<Duration> waits,
      RandomGenerator random) {
    this.port = port;
    this.servers = List.copyOf(servers);
    this.hardware = hardware;
    this.waits = waits;
    this.random = random;
    // A server on loopback answers where it was asked from, whatever address the client is to have.
    boolean onWire = !servers.getFirst().getAddress().isLoopbackAddress();
    this.address =
        from.filter(a -> onWire && !a.isLoopbackAddress())
            .map(Inet4Address.class::cast)
            .orElse(BootpPacket.UNSET);
    // Without an address of its own, a client hears a reply on the wire only as a broadcast.
    boolean broadcast = onWire && address.equals(BootpPacket.UNSET);
    this.flags = broadcast ? BootpPacket.BROADCAST_FLAG : 0;
  }

  /** Empty if nobody answers. */
  Optional<BootOffer> ask() throws IOException {
    int xid = random.nextInt();
    long start = System.nanoTime();
    refused = false;
    for (Duration wait : waits.subList(0, waits.size() - 1)) {
      Optional<BootOffer> offer = ask(xid, start, wait);
      if (offer.isPresent()) {
        return offer;
      }
    }
    return askLast(xid, start);
  }

  private Optional<BootOffer> ask(int xid, long start, Duration wait) throws IOException {
    port.sendToSome(question(xid, start), servers);
    return await(xid, wait);
  }

  private Optional<BootOffer> askLast(int xid, long start) throws IOException {
    if (servers.size() > 1) {
      return ask(xid, start, waits.getLast());
    }
    return servers.getFirst().getAddress().isLoopbackAddress()
        ? askConnected(xid, start)
        : askBeside(xid, start);
  }

  /** Only a connected socket learns that nothing listens at the port that is asked. */
  private Optional<BootOffer> askConnected(int xid, long start) throws IOException {
    port.connect(servers.getFirst());
    try {
      return ask(xid, start, waits.getLast());
    } catch (PortUnreachableException e) {
      refused = true;
      return Optional.empty();
    } finally {
      port.disconnect();
    }
  }

  /**
   * A connected socket hears neither a broadcast nor a server that answers from another address:
   * one beside it sends the question once more.
   */
  private Optional<BootOffer> askBeside(int xid, long start) throws IOException {
    try (DatagramChannel beside = DatagramChannel.open(StandardProtocolFamily.INET)) {
      // The server may be named by the broadcast address of its network.
      beside.setOption(StandardSocketOptions.SO_BROADCAST, true);
      beside.connect(servers.getFirst());
      beside.write(question(xid, start));
      Optional<BootOffer> offer = ask(xid, start, waits.getLast());
      refused = offer.isEmpty() && isRefused(beside);
      return offer;
    }
  }

  private static boolean isRefused(DatagramChannel connected) throws IOException {
    connected.configureBlocking(false);
    try {
      connected.read(ByteBuffer.allocate(1));
      return false;
    } catch (PortUnreachableException e) {
      return true;
    }
  }

  /**
   * Whether nobody answered the last question because nothing listens at the server's port: it was
   * stopped, or is being restarted.
   */
  boolean refused() {
    return refused;
  }

  /** Lets the server catch up; whatever comes meanwhile is late, and not waited for. */
  void pause() throws IOException {
    long deadline = System.nanoTime() + waits.getFirst().toNanos();
    for (long left = waits.getFirst().toNanos(); left > 0; left = deadline - System.nanoTime()) {
      port.receive(Duration.ofNanos(left));
    }
  }

  private ByteBuffer question(int xid, long start) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    BootpPacket request =
        BootpPacket.request(hardware, xid)
            .withSecs((int) elapsed.toSeconds())
            .withFlags(flags)
            .withCiaddr(address)
            .withVend(VendorArea.of(List.of()));
    ByteBuffer datagram = ByteBuffer.allocate(BootpCodec.MIN_LENGTH);
    BootpCodec.encode(request, datagram);
    return datagram.flip();
  }

  private Optional<BootOffer> await(int xid, Duration wait) throws IOException {
    long deadline = System.nanoTime() + wait.toNanos();
    while (true) {
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (left.isNegative()) {
        return Optional.empty();
      }
      Optional<BootOffer> offer = port.receive(left).flatMap(d -> offer(d, xid));
      if (offer.isPresent()) {
        return offer;
      }
    }
  }

  /** Empty for what is no answer to this question: it may be somebody else's. */
  private Optional<BootOffer> offer(UdpPort.Datagram datagram, int xid) {
    try {
      BootpPacket reply = BootpCodec.decode(datagram.content());
      boolean ours =
          reply.op() == Op.BOOTREPLY && reply.xid() == xid && reply.hardware().equals(hardware);
      return ours
          ? Optional.of(BootOffer.of(reply, datagram.from().getAddress()))
          : Optional.empty();
    } catch (MalformedBootpException e) {
      return Optional.empty();
    }
  }
}
