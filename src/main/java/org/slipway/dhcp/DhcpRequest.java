package org.slipway.dhcp;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slipway.bootp.DhcpMessage;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.bootp.wire.BootpPacket.Op;
import org.slipway.bootp.wire.ClientHardware;
import org.slipway.bootp.wire.DhcpMessageType;
import org.slipway.bootp.wire.VendorArea;
import org.slipway.bootp.wire.VendorTag;
import org.slipway.leases.ClientIdentity;
import org.slipway.leases.LeaseClient;
import org.slipway.provisioning.HardwareAddress;

/**
 * A message of a client with its options read.
 *
 * @param interfaceIndex where it came in; 0 if that is not known
 * @param requested option 50
 * @param server option 54
 * @param parameters option 55 in its order; empty where the client leaves the choice to us
 * @param maxSize option 57 in octets of the IP datagram, at least 576
 * @param identifier the data of option 61
 * @param relayAgent the data of option 82
 */
record DhcpRequest(
    BootpPacket packet,
    HardwareAddress hardwareAddress,
    InetSocketAddress source,
    int interfaceIndex,
    DhcpMessageType type,
    LeaseClient client,
    Optional<Inet4Address> requested,
    Optional<Inet4Address> server,
    List<Integer> parameters,
    int maxSize,
    Optional<byte[]> identifier,
    Optional<byte[]> relayAgent,
    PxeClient pxe) {

  /** What every client takes (RFC 2131 section 2). */
  static final int LEAST_SIZE = 576;

  private static final int LONGEST_NAME = 255;

  /** Empty where the message is none that a client sends. */
  static Optional<DhcpRequest> of(DhcpMessage message) {
    BootpPacket packet = message.packet();
    VendorArea area = packet.vend();
    Optional<DhcpMessageType> type = DhcpMessageType.of(area);
    if (type.isEmpty() || packet.op() != Op.BOOTREQUEST) {
      return Optional.empty();
    }
    Optional<byte[]> identifier =
        area.joined(VendorTag.CLIENT_IDENTIFIER).filter(d -> d.length >= 2 && d.length <= 255);
    return Optional.of(
        new DhcpRequest(
            packet,
            message.hardwareAddress(),
            message.source(),
            message.interfaceIndex(),
            type.get(),
            new LeaseClient(
                identity(identifier, packet.hardware()),
                message.hardwareAddress().text(),
                hostName(area)),
            address(area, VendorTag.REQUESTED_ADDRESS),
            address(area, VendorTag.SERVER_IDENTIFIER),
            parameters(area),
            maxSize(area),
            identifier,
            area.joined(VendorTag.RELAY_AGENT),
            PxeClient.of(area)));
  }

  Optional<Inet4Address> ciaddr() {
    return set(packet.ciaddr());
  }

  Optional<Inet4Address> giaddr() {
    return set(packet.giaddr());
  }

  /** Whether the client would look at an option: those that leave the choice to us look at all. */
  boolean wants(int tag) {
    return parameters.isEmpty() || parameters.contains(tag);
  }

  /**
   * Whether it wants to boot, and not only an address as an operating system does, which must not
   * begin a run.
   */
  boolean wantsBoot() {
    return pxe.isBootRom()
        || parameters.isEmpty()
        || parameters.contains(VendorTag.BOOT_FILE_SIZE)
        || parameters.contains(VendorTag.TFTP_SERVER_NAME)
        || parameters.contains(VendorTag.BOOT_FILE_NAME)
        || parameters.contains(VendorTag.TFTP_SERVER_ADDRESS);
  }

  private static Optional<Inet4Address> set(Inet4Address address) {
    return address.equals(BootpPacket.UNSET) ? Optional.empty() : Optional.of(address);
  }

  private static ClientIdentity identity(Optional<byte[]> identifier, ClientHardware hardware) {
    return identifier
        .map(ClientIdentity::of)
        .orElseGet(() -> ClientIdentity.ofHardware(hardware.type(), hardware.octets()));
  }

  private static Optional<Inet4Address> address(VendorArea area, int tag) {
    return area.option(tag)
        .filter(o -> o.data().length == 4)
        .map(o -> o.toAddresses().getFirst())
        .flatMap(DhcpRequest::set);
  }

  private static List<Integer> parameters(VendorArea area) {
    List<Integer> tags = new ArrayList<>();
    for (byte tag : area.joined(VendorTag.PARAMETER_REQUEST_LIST).orElse(new byte[0])) {
      if (tag != VendorTag.PAD && (tag & 0xFF) != VendorTag.END && !tags.contains(tag & 0xFF)) {
        tags.add(tag & 0xFF);
      }
    }
    return List.copyOf(tags);
  }

  private static int maxSize(VendorArea area) {
    return area.option(VendorTag.MAX_MESSAGE_SIZE)
        .filter(o -> o.data().length == 2)
        .map(o -> Math.max(LEAST_SIZE, (int) o.toNumber()))
        .orElse(LEAST_SIZE);
  }

  /** Shown on the console: what is no text is no name. */
  private static Optional<String> hostName(VendorArea area) {
    return area.joined(VendorTag.HOST_NAME)
        .map(d -> new String(d, StandardCharsets.UTF_8).replace("\0", ""))
        .filter(n -> !n.isEmpty() && n.length() <= LONGEST_NAME)
        .filter(n -> n.chars().noneMatch(c -> Character.isISOControl(c) || c == 0xFFFD));
  }
}
