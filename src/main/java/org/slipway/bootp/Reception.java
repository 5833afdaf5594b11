package org.slipway.bootp;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Predicate;
import org.slipway.bootp.BootpSocket.Arrival;
import org.slipway.bootp.wire.BootpCodec;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.bootp.wire.BootpPacket.Op;
import org.slipway.bootp.wire.ClientHardware;
import org.slipway.bootp.wire.Leniency;
import org.slipway.bootp.wire.MalformedBootpException;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.SilenceReason;

/** What a datagram turns out to be, before anybody asks which device sent it. */
sealed interface Reception {

  /** A BOOTP request that may be for us. */
  record Request(BootpPacket packet, HardwareAddress hardwareAddress, Arrival arrival)
      implements Reception {

    InetSocketAddress source() {
      return arrival.source();
    }
  }

  /** A message with option 53, for whoever answers DHCP. */
  record Dhcp(DhcpMessage message) implements Reception {}

  /**
   * Nothing to answer.
   *
   * @param hardwareAddress where the packet tells one that can be believed
   */
  record Ignored(Optional<HardwareAddress> hardwareAddress, SilenceReason reason)
      implements Reception {}

  /**
   * What is accepted.
   *
   * @param strict drop packets under 300 octets (RFC 1542 section 2.1)
   * @param ourSocket whether a datagram with this source came from our own socket
   */
  record Rules(boolean strict, ServerName serverName, Predicate<InetSocketAddress> ourSocket) {}

  static Reception of(ByteBuffer datagram, Arrival arrival, Rules rules) {
    if (arrival.source().getPort() == 0) {
      return new Ignored(sender(datagram), SilenceReason.MALFORMED);
    }
    try {
      BootpPacket packet =
          BootpCodec.decode(datagram, rules.strict() ? Leniency.FULL_LENGTH_ONLY : Leniency.ALL);
      return screened(packet, arrival, rules);
    } catch (MalformedBootpException e) {
      boolean tooShort = e.missingLeniency().filter(Leniency.SHORT_BOOTP::equals).isPresent();
      return tooShort
          ? new Ignored(senderOfShort(datagram), SilenceReason.SHORT_PACKET)
          : new Ignored(sender(datagram), SilenceReason.MALFORMED);
    }
  }

  private static Reception screened(BootpPacket packet, Arrival arrival, Rules rules) {
    // A reply on the server's port is our own, or another server's that a relay has sent astray.
    if (packet.op() == Op.BOOTREPLY || rules.ourSocket().test(arrival.source())) {
      return new Ignored(Optional.empty(), SilenceReason.LOOP);
    }
    HardwareAddress address = address(packet.hardware());
    if (!isUnicast(packet.giaddr())) {
      return new Ignored(Optional.of(address), SilenceReason.MALFORMED);
    }
    if (packet.vend().isDhcp()) {
      return new Dhcp(new DhcpMessage(packet, address, arrival.source(), arrival.interfaceIndex()));
    }
    if (!rules.serverName().isMeantBy(packet.sname())) {
      return new Ignored(Optional.of(address), SilenceReason.OTHER_SERVER);
    }
    return new Request(packet, address, arrival);
  }

  /** A relay has an address of its own: nobody makes us send to a group or to everybody. */
  private static boolean isUnicast(Inet4Address relay) {
    return relay.hashCode() >>> 28 < 0xE;
  }

  /** A packet that is only too short to be strict about may come from more than Ethernet. */
  private static Optional<HardwareAddress> senderOfShort(ByteBuffer datagram) {
    try {
      return Optional.of(address(BootpCodec.decode(datagram).hardware()));
    } catch (MalformedBootpException e) {
      return sender(datagram);
    }
  }

  private static Optional<HardwareAddress> sender(ByteBuffer datagram) {
    return BootpCodec.ethernetSender(datagram).map(Reception::address);
  }

  private static HardwareAddress address(ClientHardware hardware) {
    return HardwareAddress.of(hardware.octets());
  }
}
