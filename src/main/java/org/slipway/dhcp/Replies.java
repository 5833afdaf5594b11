package org.slipway.dhcp;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.slipway.bootp.DhcpAnswer;
import org.slipway.bootp.LeftOutOptions;
import org.slipway.bootp.ReplyAddress;
import org.slipway.bootp.ServerAddress;
import org.slipway.bootp.ServerName;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.bootp.wire.DhcpMessageType;
import org.slipway.leases.Network;
import org.slipway.provisioning.BootDecision.Offer;
import org.slipway.provisioning.SilenceReason;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;

/** Puts replies together with what the portal knows of itself, and says where they go. */
@Singleton
final class Replies {
  private static final String BOOT_FILES = "/boot/";

  private final Settings settings;
  private final ServerAddress serverAddress;
  private final LeftOutOptions leftOut = new LeftOutOptions();
  private final String hostName = ServerName.hostName();

  @Inject
  Replies(Settings settings, ServerAddress serverAddress) {
    this.settings = settings;
    this.serverAddress = serverAddress;
  }

  /** Our address as the clients of a network know it: the server identifier. */
  Optional<Inet4Address> server(
      DhcpRequest request, Optional<Network> network, InetAddress client) {
    return serverAddress.forDevice(network, Optional.of(client), request.interfaceIndex());
  }

  /**
   * DHCPOFFER or DHCPACK with an address.
   *
   * @param lease for how long
   */
  DhcpAnswer reply(
      DhcpRequest request,
      DhcpMessageType type,
      Offer offer,
      Optional<Inet4Address> address,
      Optional<Duration> lease) {
    Optional<Inet4Address> server =
        serverAddress.forDevice(
            offer.network(), address.map(InetAddress.class::cast), request.interfaceIndex());
    if (server.isEmpty()) {
      return new DhcpAnswer.Unanswered(SilenceReason.SERVER_ADDRESS_UNKNOWN);
    }
    BootpPacket packet = made(request, type, offer, server.get(), lease, false);
    return new DhcpAnswer.Send(packet, destination(request, false), server.get());
  }

  /** DHCPACK to who has an address already: to that address, without one and without a time. */
  DhcpAnswer inform(DhcpRequest request, Offer offer) {
    Optional<Inet4Address> server =
        serverAddress.forDevice(offer.network(), offer.address(), request.interfaceIndex());
    if (server.isEmpty()) {
      return new DhcpAnswer.Unanswered(SilenceReason.SERVER_ADDRESS_UNKNOWN);
    }
    BootpPacket packet =
        made(
            request,
            DhcpMessageType.ACK,
            withoutAddress(offer),
            server.get(),
            Optional.empty(),
            false);
    ReplyAddress to =
        ReplyAddress.of(
            request.packet(),
            request.source(),
            settings.get(PortalSettings.BOOTP_CLIENT_PORT),
            settings.get(PortalSettings.BOOTP_RELAY_PORT));
    return new DhcpAnswer.Send(packet, to, server.get());
  }

  /**
   * What a proxy says: a boot file and no address.
   *
   * @param client the address that the client has, where it has one
   */
  DhcpAnswer proxied(
      DhcpRequest request, DhcpMessageType type, Offer offer, Optional<InetAddress> client) {
    Optional<Inet4Address> server =
        serverAddress.forDevice(offer.network(), client, request.interfaceIndex());
    if (server.isEmpty()) {
      return new DhcpAnswer.Unanswered(SilenceReason.SERVER_ADDRESS_UNKNOWN);
    }
    BootpPacket packet =
        made(request, type, withoutAddress(offer), server.get(), Optional.empty(), true);
    return new DhcpAnswer.Send(packet, destination(request, false), server.get());
  }

  DhcpAnswer refuse(DhcpRequest request, Inet4Address server, String why) {
    return new DhcpAnswer.Send(
        DhcpReply.refusal(request, server, why), destination(request, true), server);
  }

  private BootpPacket made(
      DhcpRequest request,
      DhcpMessageType type,
      Offer offer,
      Inet4Address server,
      Optional<Duration> lease,
      boolean proxy) {
    PxeRules rules = BootFiles.rules(request, Optional.of(offer.device()), offer.network());
    DhcpReply.Made made =
        DhcpReply.of(
            request,
            new ReplyContent(
                type,
                offer,
                server,
                ServerName.of(settings.get(PortalSettings.BOOTP_SERVER_NAME), hostName).offered(),
                "http://"
                    + server.getHostAddress()
                    + ":"
                    + settings.get(PortalSettings.HTTP_PORT)
                    + BOOT_FILES,
                lease,
                rules,
                proxy));
    leftOut.report(request.hardwareAddress(), made.leftOut());
    return made.packet();
  }

  private static Offer withoutAddress(Offer offer) {
    return new Offer(
        offer.device(),
        Optional.empty(),
        offer.file(),
        offer.fileSize(),
        offer.network(),
        offer.stamp());
  }

  private ReplyAddress destination(DhcpRequest request, boolean refusal) {
    return ReplyAddress.ofDhcp(
        request.packet(),
        refusal,
        request.source(),
        settings.get(PortalSettings.BOOTP_CLIENT_PORT),
        settings.get(PortalSettings.BOOTP_RELAY_PORT));
  }
}
