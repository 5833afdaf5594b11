package org.slipway.dhcp;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalLong;
import org.slipway.bootp.ArrivalNetwork;
import org.slipway.bootp.DhcpAnswer;
import org.slipway.bootp.wire.DhcpMessageType;
import org.slipway.leases.Network;
import org.slipway.provisioning.BootDecision.Offer;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.Devices;
import org.slipway.provisioning.SilenceReason;

/**
 * Mode {@code proxy} (PXE 2.1 section 2.2): another server gives the addresses, we name the boot
 * file, to boot ROMs alone. On the port of BOOTP we answer a DHCPDISCOVER; what a ROM asks of us
 * afterwards comes to the proxy's own port.
 */
@Singleton
final class ProxyDhcp {
  private final ArrivalNetwork arrival;
  private final Devices devices;
  private final BootFiles bootFiles;
  private final Replies replies;

  @Inject
  ProxyDhcp(ArrivalNetwork arrival, Devices devices, BootFiles bootFiles, Replies replies) {
    this.arrival = arrival;
    this.devices = devices;
    this.bootFiles = bootFiles;
    this.replies = replies;
  }

  /** On the port of BOOTP. */
  DhcpAnswer discover(DhcpRequest request, boolean mayWait) {
    if (request.type() != DhcpMessageType.DISCOVER) {
      return new DhcpAnswer.Unanswered(SilenceReason.OTHER_SERVER);
    }
    return answer(request, DhcpMessageType.OFFER, mayWait);
  }

  /** On the proxy's own port. */
  DhcpAnswer request(DhcpRequest request, boolean mayWait) {
    return switch (request.type()) {
      case REQUEST, INFORM -> answer(request, DhcpMessageType.ACK, mayWait);
      default -> new DhcpAnswer.Unanswered(SilenceReason.MALFORMED);
    };
  }

  private DhcpAnswer answer(DhcpRequest request, DhcpMessageType type, boolean mayWait) {
    if (!request.pxe().isPxe() && !request.pxe().isHttp()) {
      return new DhcpAnswer.Unanswered(SilenceReason.NOT_PXE);
    }
    Optional<Device> device = devices.find(request.hardwareAddress());
    if (device.filter(d -> !d.enabled()).isPresent()) {
      return new DhcpAnswer.Unanswered(SilenceReason.DISABLED);
    }
    Optional<Network> network =
        arrival.of(
            request.packet(),
            request.source(),
            request.interfaceIndex(),
            device.flatMap(Device::address));
    Optional<InetAddress> client =
        request.ciaddr().<InetAddress>map(a -> a).or(() -> device.flatMap(Device::address));
    if (device.isEmpty()) {
      return stranger(request, type, network, client);
    }
    return bootFiles
        .step(request, device, network, request.ciaddr(), mayWait)
        .map(offer -> answered(request, type, offer, client));
  }

  /** Who is not entered gets what its network has for its kind, where that is open to all. */
  private DhcpAnswer stranger(
      DhcpRequest request,
      DhcpMessageType type,
      Optional<Network> network,
      Optional<InetAddress> client) {
    boolean open =
        network.filter(n -> n.unknownDevices() == Network.UnknownDevices.POOL).isPresent();
    if (!open) {
      return new DhcpAnswer.Unanswered(SilenceReason.UNKNOWN_DEVICE);
    }
    String file = BootFiles.rules(request, Optional.empty(), network).bootFile().orElse("");
    Offer offer =
        new Offer(
            Device.unknown(request.hardwareAddress()),
            Optional.empty(),
            file,
            OptionalLong.empty(),
            network,
            0);
    return answered(request, type, offer, client);
  }

  /** Without a file there is nothing to say: the address is the other server's. */
  private DhcpAnswer answered(
      DhcpRequest request, DhcpMessageType type, Offer offer, Optional<InetAddress> client) {
    return offer.file().isEmpty()
        ? new DhcpAnswer.Unanswered(SilenceReason.FILE_MISSING)
        : replies.proxied(request, type, offer, client);
  }
}
