package org.slipway.bootp;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.bootp.wire.VendorTag;
import org.slipway.leases.Network;
import org.slipway.leases.Networks;

/**
 * The network that a request comes from. Where neither the packet nor the system says it, and we
 * are in several networks, nobody is given an address of a pool.
 */
@Singleton
public final class ArrivalNetwork {
  /** RFC 3527: the subnet that the relay wants an address for. */
  private static final int LINK_SELECTION = 5;

  private final Networks networks;
  private final ServerAddress serverAddress;

  @Inject
  public ArrivalNetwork(Networks networks, ServerAddress serverAddress) {
    this.networks = networks;
    this.serverAddress = serverAddress;
  }

  /**
   * By the first of: the link that the relay names, the relay, a loopback source, the address that
   * the client has, the interface, the address that is entered for it, the only network that we are
   * in.
   *
   * @param interfaceIndex where it came in; 0 if that is not known
   * @param entered the address that is entered for the device
   */
  public Optional<Network> of(
      BootpPacket packet,
      InetSocketAddress source,
      int interfaceIndex,
      Optional<InetAddress> entered) {
    Optional<Inet4Address> link = linkSelection(packet);
    if (link.isPresent()) {
      return networks.of(link.get());
    }
    if (!packet.giaddr().equals(BootpPacket.UNSET)) {
      return ofRelay(packet.giaddr());
    }
    boolean loopback = source.getAddress().isLoopbackAddress();
    return (loopback ? networks.of(source.getAddress()) : Optional.<Network>empty())
        .or(() -> set(packet.ciaddr()).flatMap(networks::of))
        .or(() -> loopback ? Optional.empty() : ofInterface(interfaceIndex, entered))
        .or(() -> entered.flatMap(networks::of))
        .or(() -> interfaceIndex == 0 || loopback ? onlyLocal() : Optional.empty())
        .or(() -> loopback ? only(networks.all()) : Optional.empty());
  }

  /** A relay may have an address of another subnet than the one that it speaks for. */
  private Optional<Network> ofRelay(Inet4Address relay) {
    return networks.all().stream()
        .filter(n -> n.relays().contains(relay))
        .max(Comparator.comparingInt(n -> n.subnet().prefix()))
        .or(() -> networks.of(relay));
  }

  /** Several subnets may share a wire: the one of the entered address then, or one with pools. */
  private Optional<Network> ofInterface(int index, Optional<InetAddress> entered) {
    if (index == 0) {
      return Optional.empty();
    }
    return networks.all().stream()
        .filter(n -> serverAddress.isIn(n, index))
        .min(
            Comparator.comparing((Network n) -> entered.filter(n.subnet()::contains).isEmpty())
                .thenComparing(n -> n.pools().isEmpty())
                .thenComparing(Network::name));
  }

  private Optional<Network> onlyLocal() {
    return only(networks.all().stream().filter(serverAddress::isIn).toList());
  }

  private static Optional<Network> only(Collection<Network> candidates) {
    return candidates.size() == 1 ? candidates.stream().findFirst() : Optional.empty();
  }

  private static Optional<Inet4Address> set(Inet4Address address) {
    return address.equals(BootpPacket.UNSET) ? Optional.empty() : Optional.of(address);
  }

  private static Optional<Inet4Address> linkSelection(BootpPacket packet) {
    return packet.vend().joined(VendorTag.RELAY_AGENT).flatMap(ArrivalNetwork::linkSelection);
  }

  private static Optional<Inet4Address> linkSelection(byte[] relayAgent) {
    int at = 0;
    while (at + 2 <= relayAgent.length) {
      int length = relayAgent[at + 1] & 0xFF;
      if (relayAgent[at] == LINK_SELECTION && length == 4 && at + 6 <= relayAgent.length) {
        return Optional.of(
            BootpPacket.address(java.nio.ByteBuffer.wrap(relayAgent).getInt(at + 2)));
      }
      at += 2 + length;
    }
    return Optional.empty();
  }
}
