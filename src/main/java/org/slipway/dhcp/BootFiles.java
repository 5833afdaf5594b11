package org.slipway.dhcp;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slipway.bootp.DhcpAnswer;
import org.slipway.leases.Network;
import org.slipway.provisioning.BootAssignments;
import org.slipway.provisioning.BootDecision;
import org.slipway.provisioning.BootDecision.Offer;
import org.slipway.provisioning.BootProtocol;
import org.slipway.provisioning.BootRequest;
import org.slipway.provisioning.Device;

/** Asks the boot sequence which file a client is offered, if it wants one. */
@Singleton
final class BootFiles {
  private final BootAssignments assignments;

  @Inject
  BootFiles(BootAssignments assignments) {
    this.assignments = assignments;
  }

  /** The file, or what is to be done in place of a reply. */
  sealed interface Step {
    record Offered(Offer offer) implements Step {}

    record Silent() implements Step {}

    record Wait(CompletableFuture<Void> settled) implements Step {}

    /** Goes on with the file, where there is one. */
    default DhcpAnswer map(Function<Offer, DhcpAnswer> reply) {
      return switch (this) {
        case Offered o -> reply.apply(o.offer());
        case Silent s -> new DhcpAnswer.Nothing();
        case Wait w -> new DhcpAnswer.AskAgain(w.settled());
      };
    }
  }

  static PxeRules rules(DhcpRequest request, Optional<Device> device, Optional<Network> network) {
    return new PxeRules(
        request.pxe(),
        device.map(Device::options).orElse(Map.of()),
        network.map(Network::options).orElse(Map.of()));
  }

  /**
   * @param address that the client gets or has
   */
  Step step(
      DhcpRequest request,
      Optional<Device> device,
      Optional<Network> network,
      Optional<Inet4Address> address,
      boolean mayWait) {
    if (!request.wantsBoot()) {
      return new Step.Offered(
          new Offer(
              device.orElseGet(() -> Device.unknown(request.hardwareAddress())),
              address.map(InetAddress.class::cast),
              "",
              OptionalLong.empty(),
              network,
              0));
    }
    BootRequest asked = asked(request, address, rules(request, device, network).bootFile());
    return switch (mayWait ? assignments.decide(asked) : assignments.decideNow(asked)) {
      case BootDecision.Offer o ->
          new Step.Offered(
              new Offer(
                  o.device(),
                  address.map(InetAddress.class::cast),
                  o.file(),
                  o.fileSize(),
                  network.or(o::network),
                  o.stamp()));
      case BootDecision.Silence s -> new Step.Silent();
      case BootDecision.Wait w -> new Step.Wait(w.settled());
    };
  }

  private static BootRequest asked(
      DhcpRequest request, Optional<Inet4Address> address, Optional<String> bootFile) {
    return new BootRequest(
        BootProtocol.DHCP,
        request.hardwareAddress(),
        request.packet().xid(),
        Optional.empty(),
        request.giaddr().map(InetAddress.class::cast),
        request.source(),
        request.packet().file(),
        address.map(InetAddress.class::cast),
        bootFile);
  }
}
