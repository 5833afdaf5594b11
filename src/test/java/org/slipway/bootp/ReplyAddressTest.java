package org.slipway.bootp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.slipway.bootp.ReplyAddress.Route;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.bootp.wire.ClientHardware;

/** The table of RFC 1542 section 5.4, row by row. */
class ReplyAddressTest {
  private static final InetSocketAddress NOWHERE = socket("0.0.0.0", 68);
  private static final BootpPacket REQUEST =
      BootpPacket.request(ClientHardware.ethernet(new byte[] {2, 0, 0, 0, 0, 1}), 1);

  @Test
  void aDeviceWithAnAddressIsAnsweredThere() {
    assertThat(to(REQUEST.withCiaddr(ip("10.0.0.5")), NOWHERE))
        .isEqualTo(new ReplyAddress(Route.CLIENT, socket("10.0.0.5", 6768)));
  }

  @Test
  void ciaddrGoesBeforeGiaddrAndTheBroadcastFlag() {
    BootpPacket request =
        REQUEST.withCiaddr(ip("10.0.0.5")).withGiaddr(ip("10.9.0.1")).withFlags(0x8000);

    assertThat(to(request, NOWHERE).destination()).isEqualTo(socket("10.0.0.5", 6768));
  }

  @Test
  void aRelayIsAnsweredAtItsAddressAndTheRelayPort() {
    BootpPacket request = REQUEST.withGiaddr(ip("10.9.0.1"));

    assertThat(to(request, socket("10.9.0.254", 67)))
        .isEqualTo(new ReplyAddress(Route.RELAY, socket("10.9.0.1", 6767)));
    assertThat(to(request.withFlags(0x8000), NOWHERE).route()).isEqualTo(Route.RELAY);
  }

  @Test
  void inDhcpTheRelayGoesBeforeCiaddr() {
    BootpPacket request = REQUEST.withCiaddr(ip("10.0.0.5")).withGiaddr(ip("10.9.0.1"));

    assertThat(ReplyAddress.ofDhcp(request, false, NOWHERE, 6768, 6767))
        .isEqualTo(new ReplyAddress(Route.RELAY, socket("10.9.0.1", 6767)));
    assertThat(ReplyAddress.ofDhcp(REQUEST.withCiaddr(ip("10.0.0.5")), false, NOWHERE, 6768, 6767))
        .isEqualTo(new ReplyAddress(Route.CLIENT, socket("10.0.0.5", 6768)));
    assertThat(ReplyAddress.ofDhcp(REQUEST, false, NOWHERE, 6768, 6767).route())
        .isEqualTo(Route.BROADCAST);
  }

  @Test
  void aRefusalIsBroadcastWhateverAddressTheClientHas() {
    BootpPacket request = REQUEST.withCiaddr(ip("10.0.0.5"));

    assertThat(ReplyAddress.ofDhcp(request, true, NOWHERE, 6768, 6767))
        .isEqualTo(new ReplyAddress(Route.BROADCAST, socket("255.255.255.255", 6768)));
    assertThat(
            ReplyAddress.ofDhcp(request.withGiaddr(ip("10.9.0.1")), true, NOWHERE, 6768, 6767)
                .route())
        .isEqualTo(Route.RELAY);
    InetSocketAddress loopback = socket("127.0.0.1", 40000);
    assertThat(ReplyAddress.ofDhcp(request, true, loopback, 6768, 6767))
        .as("before all rules")
        .isEqualTo(new ReplyAddress(Route.SOURCE, loopback));
  }

  @Test
  void theBroadcastFlagMeansTheLimitedBroadcast() {
    assertThat(to(REQUEST.withFlags(0x8000), NOWHERE))
        .isEqualTo(new ReplyAddress(Route.BROADCAST, socket("255.255.255.255", 6768)));
  }

  @Test
  void whereArpCannotWorkItIsTheLimitedBroadcastToo() {
    assertThat(to(REQUEST, NOWHERE).destination()).isEqualTo(socket("255.255.255.255", 6768));
  }

  @Test
  void reservedFlagsChangeNothing() {
    assertThat(to(REQUEST.withFlags(0x7FFF), NOWHERE)).isEqualTo(to(REQUEST, NOWHERE));
  }

  @Test
  void aLoopbackSourceIsAnsweredAtItsAddressAndPortBeforeAllRules() {
    BootpPacket request =
        REQUEST.withCiaddr(ip("10.0.0.5")).withGiaddr(ip("10.9.0.1")).withFlags(0x8000);

    assertThat(to(request, socket("127.0.0.7", 40_000)))
        .isEqualTo(new ReplyAddress(Route.SOURCE, socket("127.0.0.7", 40_000)));
  }

  private static ReplyAddress to(BootpPacket request, InetSocketAddress source) {
    return ReplyAddress.of(request, source, 6768, 6767);
  }

  private static Inet4Address ip(String text) {
    return Inet4Address.ofLiteral(text);
  }

  private static InetSocketAddress socket(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }
}
