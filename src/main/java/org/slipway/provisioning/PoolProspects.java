package org.slipway.provisioning;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slipway.leases.Lease;
import org.slipway.leases.Leases;
import org.slipway.leases.Network;
import org.slipway.leases.Networks;

/**
 * What a device without an entered address may expect of the pools before it asks. In which network
 * it will ask is known from its lease alone; without one it is assumed, and said so.
 */
final class PoolProspects {
  private final Devices devices;
  private final Leases leases;
  private final Networks networks;

  PoolProspects(Devices devices, Leases leases, Networks networks) {
    this.devices = devices;
    this.leases = leases;
    this.networks = networks;
  }

  /**
   * What is to be expected.
   *
   * @param given whether it is given an address
   * @param address which one, where that is certain
   * @param network where it asks
   * @param exhausted whether it is given none because all are taken
   * @param text how this is known
   */
  record Prospect(
      boolean given,
      Optional<InetAddress> address,
      Optional<Network> network,
      boolean exhausted,
      String text) {

    static Prospect none(String text) {
      return new Prospect(false, Optional.empty(), Optional.empty(), false, text);
    }
  }

  /** Empty for a device that pools are not asked for. */
  Optional<Prospect> of(HardwareAddress mac) {
    Optional<Device> device = devices.find(mac);
    if (device.filter(d -> !d.enabled() || d.address().isPresent()).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        leases
            .heldBy(mac.text())
            .map(lease -> ofLease(lease, device.isPresent()))
            .orElseGet(this::assumed));
  }

  /** Whoever is entered is leased an address by DHCP in a network that ignores strangers too. */
  private Prospect ofLease(Lease lease, boolean entered) {
    Optional<Network> network = networks.of(lease.address());
    String held = "It holds the lease of " + lease.address().getHostAddress();
    if (network.isEmpty()) {
      return Prospect.none(held + ", which is in no network that is entered");
    }
    boolean open = isOpen(network.get());
    String where =
        "%s, and its network %s gives unknown devices %s"
            .formatted(held, network.get().name(), open ? "an address" : "none");
    return open || entered
        ? new Prospect(true, Optional.of(lease.address()), network, false, where)
        : Prospect.none(where);
  }

  private Prospect assumed() {
    List<Network> open =
        networks.all().stream()
            .filter(PoolProspects::isOpen)
            .sorted(Comparator.comparing(Network::name))
            .toList();
    if (open.isEmpty()) {
      return Prospect.none("No network gives unknown devices an address of its pool");
    }
    Network network = open.getFirst();
    boolean room = leases.hasRoom(network, devices);
    String text =
        "Assumed that it asks in the network %s, the %s that gives unknown devices an address%s"
            .formatted(
                network.name(),
                open.size() == 1 ? "only one" : "first by name of " + open.size(),
                room ? "" : "; all of them are taken");
    return new Prospect(room, Optional.empty(), Optional.of(network), !room, text);
  }

  private static boolean isOpen(Network network) {
    return network.unknownDevices() == Network.UnknownDevices.POOL;
  }
}
