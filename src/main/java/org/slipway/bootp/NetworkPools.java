package org.slipway.bootp;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.Inet4Address;
import java.util.Optional;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.bootp.wire.ClientHardware;
import org.slipway.leases.ClientIdentity;
import org.slipway.leases.LeaseClient;
import org.slipway.leases.Leases;
import org.slipway.leases.Network;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.Devices;
import org.slipway.settings.DhcpSettings;
import org.slipway.settings.Settings;

/**
 * Addresses from the pools of networks whose unknown devices get one. BOOTP has no lease times: the
 * address is kept for {@code slipway.bootp.lease-time} after the device has asked last.
 */
@Singleton
final class NetworkPools implements BootpPool {
  private final Settings settings;
  private final ArrivalNetwork arrival;
  private final Devices devices;
  private final Leases leases;

  @Inject
  NetworkPools(Settings settings, ArrivalNetwork arrival, Devices devices, Leases leases) {
    this.settings = settings;
    this.arrival = arrival;
    this.devices = devices;
    this.leases = leases;
  }

  @Override
  public Outcome offer(Reception.Request request) {
    Optional<Device> device = devices.find(request.hardwareAddress());
    BootpPacket packet = request.packet();
    boolean due = device.map(d -> d.enabled() && d.address().isEmpty()).orElse(true);
    if (!due || !packet.ciaddr().equals(BootpPacket.UNSET)) {
      return new Outcome.NotDue();
    }
    return arrival
        .of(packet, request.source(), request.arrival().interfaceIndex(), Optional.empty())
        .filter(n -> n.unknownDevices() == Network.UnknownDevices.POOL)
        .map(n -> offer(request, n, device.isPresent()))
        .orElseGet(Outcome.NotDue::new);
  }

  private Outcome offer(Reception.Request request, Network network, boolean known) {
    ClientHardware hardware = request.packet().hardware();
    LeaseClient client =
        new LeaseClient(
            ClientIdentity.ofHardware(hardware.type(), hardware.octets()),
            request.hardwareAddress().text(),
            Optional.empty());
    Optional<Inet4Address> address = leases.offer(client, network, Optional.empty(), devices);
    if (address.isEmpty()) {
      return known ? new Outcome.NotDue() : new Outcome.Exhausted();
    }
    return new Outcome.Offered(
        address.get(),
        known ? Optional.empty() : network.bootFile(),
        () ->
            leases.bind(
                client,
                address.get(),
                Optional.of(network),
                devices,
                settings.get(DhcpSettings.BOOTP_LEASE_TIME)));
  }
}
