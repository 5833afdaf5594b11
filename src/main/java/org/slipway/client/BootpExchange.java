package org.slipway.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
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
  private final int flags;
  private final List<Duration> waits;
  private final RandomGenerator random;

  /**
   * @param waits after each sending
   */
  BootpExchange(
      UdpPort port,
      InetSocketAddress server,
      ClientHardware hardware,
      List<Duration> waits,
      RandomGenerator random) {
    this(port, List.of(server), hardware, waits, random);
  }

  /**
   * @param servers that each question goes to, broadcast addresses among them
   * @param waits after each sending
   */
  BootpExchange(
      UdpPort port,
      List<InetSocketAddress> servers,
      ClientHardware hardware,
      List<Duration> waits,
      RandomGenerator random) {
    this.port = port;
    this.servers = List.copyOf(servers);
    this.hardware = hardware;
    this.waits = waits;
    this.random = random;
    // Without an address of its own, a client hears a reply on the wire only as a broadcast.
    this.flags =
        servers.getFirst().getAddress().isLoopbackAddress() ? 0 : BootpPacket.BROADCAST_FLAG;
  }

  /** Empty if nobody answers. */
  Optional<BootOffer> ask() throws IOException {
    int xid = random.nextInt();
    long start = System.nanoTime();
    for (Duration wait : waits) {
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      send(xid, (int) elapsed.toSeconds());
      Optional<BootOffer> offer = await(xid, wait);
      if (offer.isPresent()) {
        return offer;
      }
    }
    return Optional.empty();
  }

  private void send(int xid, int secs) throws IOException {
    BootpPacket request =
        BootpPacket.request(hardware, xid)
            .withSecs(secs)
            .withFlags(flags)
            .withVend(VendorArea.of(List.of()));
    ByteBuffer datagram = ByteBuffer.allocate(BootpCodec.MIN_LENGTH);
    BootpCodec.encode(request, datagram);
    port.sendToSome(datagram.flip(), servers);
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
