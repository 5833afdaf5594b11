package org.slipway.dhcp;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.bootp.ArrivalNetwork;
import org.slipway.bootp.DhcpAnswer;
import org.slipway.bootp.wire.DhcpMessageType;
import org.slipway.leases.Lease;
import org.slipway.leases.Leases;
import org.slipway.leases.Network;
import org.slipway.leases.Standing;
import org.slipway.provisioning.BootDecision.Offer;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.Devices;
import org.slipway.provisioning.SilenceReason;
import org.slipway.settings.DhcpSettings;
import org.slipway.settings.Settings;

/** Mode {@code server}: addresses are leased (RFC 2131 section 4.3). */
@Singleton
final class DhcpServer {
  private static final Logger LOG = Logger.getLogger(DhcpServer.class.getName());

  private final Settings settings;
  private final ArrivalNetwork arrival;
  private final Devices devices;
  private final Leases leases;
  private final BootFiles bootFiles;
  private final Replies replies;
  private final Clock clock;

  @Inject
  DhcpServer(
      Settings settings,
      ArrivalNetwork arrival,
      Devices devices,
      Leases leases,
      BootFiles bootFiles,
      Replies replies,
      Clock clock) {
    this.settings = settings;
    this.arrival = arrival;
    this.devices = devices;
    this.leases = leases;
    this.bootFiles = bootFiles;
    this.replies = replies;
    this.clock = clock;
  }

  /**
   * A client and where it is.
   *
   * @param device empty if nobody has entered it
   * @param network empty if it is not known
   */
  private record Client(DhcpRequest request, Optional<Device> device, Optional<Network> network) {

    Optional<Inet4Address> entered() {
      return device
          .flatMap(Device::address)
          .filter(Inet4Address.class::isInstance)
          .map(Inet4Address.class::cast)
          .filter(a -> network.map(n -> n.subnet().contains(a)).orElse(true));
    }

    /** Whether it is answered at all: we may be the second server of a network. */
    boolean isServed() {
      return device.isPresent()
          || network.filter(n -> n.unknownDevices() == Network.UnknownDevices.POOL).isPresent();
    }

    boolean mayUsePool() {
      return isServed() && network.filter(n -> !n.pools().isEmpty()).isPresent();
    }
  }

  DhcpAnswer answer(DhcpRequest request, boolean mayWait) {
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
    Client client = new Client(request, device, network);
    return switch (request.type()) {
      case DISCOVER -> discover(client, mayWait);
      case REQUEST -> request(client, mayWait);
      case DECLINE -> decline(client);
      case RELEASE -> release(client);
      case INFORM -> inform(client);
      case OFFER, ACK, NAK -> new DhcpAnswer.Unanswered(SilenceReason.MALFORMED);
    };
  }

  private DhcpAnswer discover(Client client, boolean mayWait) {
    Optional<Inet4Address> address =
        client.entered().filter(a -> isItsOwn(client, a)).or(() -> fromPool(client));
    if (address.isEmpty()) {
      return new DhcpAnswer.Unanswered(whyNone(client));
    }
    return bootFiles
        .step(client.request(), client.device(), client.network(), address, mayWait)
        .map(step -> offered(client, address.get(), step));
  }

  private DhcpAnswer offered(Client client, Inet4Address address, Offer step) {
    Duration lease = leaseTime(client.network());
    return replies.reply(
        client.request(), DhcpMessageType.OFFER, step, Optional.of(address), Optional.of(lease));
  }

  private boolean isItsOwn(Client client, Inet4Address address) {
    return standing(client, address) == Standing.RESERVED_FOR_IT;
  }

  private Optional<Inet4Address> fromPool(Client client) {
    return client.mayUsePool()
        ? leases.offer(
            client.request().client(),
            client.network().orElseThrow(),
            client.request().requested(),
            devices)
        : Optional.empty();
  }

  private static SilenceReason whyNone(Client client) {
    if (client.mayUsePool()) {
      return SilenceReason.POOL_EXHAUSTED;
    }
    if (client.entered().isPresent()) {
      return SilenceReason.ADDRESS_IN_USE;
    }
    if (client.network().isEmpty()) {
      return SilenceReason.NETWORK_UNKNOWN;
    }
    return client.device().isPresent() ? SilenceReason.NO_ADDRESS : SilenceReason.UNKNOWN_DEVICE;
  }

  private DhcpAnswer request(Client client, boolean mayWait) {
    DhcpRequest request = client.request();
    Optional<RequestState> state = RequestState.of(request);
    if (state.isEmpty()) {
      return new DhcpAnswer.Unanswered(SilenceReason.MALFORMED);
    }
    Inet4Address address = state.get().address(request);
    Optional<Inet4Address> server = replies.server(request, client.network(), address);
    if (server.isEmpty()) {
      return new DhcpAnswer.Unanswered(SilenceReason.SERVER_ADDRESS_UNKNOWN);
    }
    if (state.get() == RequestState.SELECTING && !request.server().equals(server)) {
      leases.forgetOffer(request.client().identity());
      return new DhcpAnswer.Unanswered(SilenceReason.OTHER_SERVER);
    }
    if (!client.isServed()) {
      return new DhcpAnswer.Unanswered(SilenceReason.UNKNOWN_DEVICE);
    }
    return switch (verdict(client, state.get(), address)) {
      case BindingRules.Verdict.Quiet quiet -> new DhcpAnswer.Unanswered(quiet.reason());
      case BindingRules.Verdict.Refuse refuse ->
          replies.refuse(request, server.get(), refuse.why());
      case BindingRules.Verdict.Grant grant -> grant(client, state.get(), address, mayWait);
    };
  }

  private BindingRules.Verdict verdict(Client client, RequestState state, Inet4Address address) {
    Optional<Inet4Address> entered = client.entered();
    if (entered.filter(a -> !a.equals(address) && isItsOwn(client, a)).isPresent()) {
      return new BindingRules.Verdict.Refuse("another address is entered for this device");
    }
    boolean sameSubnet = client.network().map(n -> n.subnet().contains(address)).orElse(true);
    return BindingRules.verdict(state, sameSubnet, standing(client, address));
  }

  private Standing standing(Client client, Inet4Address address) {
    return leases.standing(client.request().client(), address, client.network(), devices);
  }

  /** The lease is durable before the client hears of it. */
  private DhcpAnswer grant(
      Client client, RequestState state, Inet4Address address, boolean mayWait) {
    if (!state.isBoot()) {
      return acknowledged(client, address, noFile(client, address));
    }
    return bootFiles
        .step(client.request(), client.device(), client.network(), Optional.of(address), mayWait)
        .map(step -> acknowledged(client, address, step));
  }

  private DhcpAnswer acknowledged(Client client, Inet4Address address, Offer step) {
    CompletableFuture<Lease> bound =
        leases.bind(
            client.request().client(),
            address,
            client.network(),
            devices,
            leaseTime(client.network()));
    return new DhcpAnswer.SendWhen(bound.thenApply(lease -> acknowledgement(client, lease, step)));
  }

  /** What is left of the lease: one that was renewed a moment ago is not written again. */
  private DhcpAnswer.Send acknowledgement(Client client, Lease lease, Offer step) {
    Duration left = Duration.between(clock.instant(), lease.end());
    return replies.reply(
                client.request(),
                DhcpMessageType.ACK,
                step,
                Optional.of(lease.address()),
                Optional.of(left))
            instanceof DhcpAnswer.Send ack
        ? ack
        : withoutServerAddress();
  }

  private static DhcpAnswer.Send withoutServerAddress() {
    throw new IllegalStateException("our own address in the network is gone");
  }

  /** A client that only renews its lease is told what its network says, and boots nothing. */
  private static Offer noFile(Client client, Inet4Address address) {
    return new Offer(
        client.device().orElseGet(() -> Device.unknown(client.request().hardwareAddress())),
        Optional.of(address),
        "",
        OptionalLong.empty(),
        client.network(),
        0);
  }

  private Duration leaseTime(Optional<Network> network) {
    try {
      return Optional.ofNullable(network.map(Network::options).orElse(Map.of()).get("lease-time"))
          .map(DhcpSettings::leaseTime)
          .orElseGet(() -> settings.get(DhcpSettings.LEASE_TIME));
    } catch (IllegalArgumentException e) {
      return settings.get(DhcpSettings.LEASE_TIME);
    }
  }

  private DhcpAnswer decline(Client client) {
    DhcpRequest request = client.request();
    Optional<Inet4Address> address = request.requested().or(request::ciaddr);
    if (address.isEmpty() || !isMeant(client, address.get())) {
      return new DhcpAnswer.Unanswered(SilenceReason.OTHER_SERVER);
    }
    Duration quarantine = settings.get(DhcpSettings.QUARANTINE);
    if (leases.decline(request.client(), address.get(), quarantine)) {
      LOG.log(
          Level.WARNING,
          "{0} has found its address {1} in use by another machine; nobody gets it for {2}",
          new Object[] {request.hardwareAddress(), address.get().getHostAddress(), quarantine});
      return new DhcpAnswer.Nothing();
    }
    return new DhcpAnswer.Unanswered(SilenceReason.NO_LEASE);
  }

  private DhcpAnswer release(Client client) {
    Optional<Inet4Address> address = client.request().ciaddr();
    if (address.isEmpty() || !isMeant(client, address.get())) {
      return new DhcpAnswer.Unanswered(SilenceReason.OTHER_SERVER);
    }
    return leases.release(client.request().client().identity(), address.get())
        ? new DhcpAnswer.Nothing()
        : new DhcpAnswer.Unanswered(SilenceReason.NO_LEASE);
  }

  /** DECLINE and RELEASE name the server, but some clients leave it out. */
  private boolean isMeant(Client client, InetAddress address) {
    DhcpRequest request = client.request();
    return request.server().isEmpty()
        || request.server().equals(replies.server(request, client.network(), address));
  }

  /** RFC 2131 section 4.3.5: no address and no lease time. */
  private DhcpAnswer inform(Client client) {
    if (!client.isServed()) {
      return new DhcpAnswer.Unanswered(SilenceReason.UNKNOWN_DEVICE);
    }
    if (client.request().ciaddr().isEmpty() || client.network().isEmpty()) {
      return new DhcpAnswer.Unanswered(SilenceReason.NETWORK_UNKNOWN);
    }
    Offer offer = noFile(client, client.request().ciaddr().get());
    return replies.inform(client.request(), offer);
  }
}
