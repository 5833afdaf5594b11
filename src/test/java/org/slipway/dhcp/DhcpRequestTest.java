package org.slipway.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slipway.dhcp.Messages.ACK_HEX;
import static org.slipway.dhcp.Messages.DECLINE;
import static org.slipway.dhcp.Messages.DISCOVER;
import static org.slipway.dhcp.Messages.INFORM;
import static org.slipway.dhcp.Messages.NAK_HEX;
import static org.slipway.dhcp.Messages.RELEASE;
import static org.slipway.dhcp.Messages.REQUEST;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.bootp.RfcReply;
import org.slipway.bootp.RfcRequest;
import org.slipway.leases.Lease;
import org.slipway.leases.Network.UnknownDevices;
import org.slipway.portal.MovableClock;
import org.slipway.provisioning.SilenceReason;

/** Leases from REQUEST to RELEASE on real sockets: each row of RFC 2131 section 4.3. */
class DhcpRequestTest {
  private static final String KNOWN = "52:54:00:00:00:01";
  private static final String OTHER = "52:54:00:00:00:02";
  private static final String STRANGER = "52:54:00:00:00:99";
  private static final String WITNESS = "52:54:00:00:00:ff";
  private static final String ENTERED = "10.5.0.7";
  private static final String SERVER = DhcpPortal.SERVER;

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private DhcpPortal portal;

  @BeforeEach
  void start() throws IOException {
    portal = open();
    portal.network(
        "lab",
        "10.5.0.0/24",
        List.of("10.5.0.100", "10.5.0.103"),
        UnknownDevices.POOL,
        Map.of("lease-time", "30m"));
    portal.device(KNOWN, ENTERED, Map.of());
    portal.device(WITNESS, "10.5.0.8", Map.of());
  }

  private DhcpPortal open() throws IOException {
    return new DhcpPortal(folder, clock, Map.of("slipway.dhcp.mode", "server"));
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  @Test
  void selectingAnotherServerFreesTheOffer() throws Exception {
    String offered = portal.client.ask(portal.message(DISCOVER, STRANGER).built()).yiaddr();
    assertThat(portal.portal.leases.offers()).isEqualTo(1);
    inVain(portal.message(REQUEST, STRANGER).requested(offered).server("192.0.2.9").built());
    assertThat(portal.portal.leases.offers()).isZero();
    assertThat(portal.silences(SilenceReason.OTHER_SERVER)).isEqualTo(1);
  }

  @Test
  void selectingAnAddressOfSomebodyElseIsRefused() throws Exception {
    bind(STRANGER, "10.5.0.100");
    RfcReply nak = portal.client.ask(selecting(OTHER, "10.5.0.100"));
    assertThat(nak.tags()).containsEntry(53, NAK_HEX).containsEntry(54, Messages.hex(SERVER));
    assertThat(nak.tags()).containsKey(56).doesNotContainKeys(51, 1);
    assertThat(nak.yiaddr()).isEqualTo("0.0.0.0");
    assertThat(nak.siaddr()).isEqualTo("0.0.0.0");
    assertThat(portal.client.ask(selecting(OTHER, ENTERED)).tags()).containsEntry(53, NAK_HEX);
  }

  @Test
  void initRebootIsAcknowledgedWhereTheAddressIsStillTheClients() throws Exception {
    bind(STRANGER, "10.5.0.100");
    RfcReply ack =
        portal.client.ask(portal.message(REQUEST, STRANGER).requested("10.5.0.100").built());
    assertThat(ack.tags()).containsEntry(53, ACK_HEX);
    assertThat(ack.yiaddr()).isEqualTo("10.5.0.100");
  }

  @Test
  void initRebootOnAnotherNetworkIsRefused() throws Exception {
    RfcReply nak =
        portal.client.ask(
            portal.message(REQUEST, KNOWN).requested("192.168.1.5").giaddr("10.5.0.1").built());
    assertThat(nak.tags()).containsEntry(53, NAK_HEX);
    assertThat(nak.flags()).as("the relay is to broadcast it").isEqualTo(0x8000);
    assertThat(nak.giaddr()).isEqualTo("10.5.0.1");
  }

  @Test
  void initRebootOfWhoWeKnowNothingAboutGetsNoAnswer() throws Exception {
    inVain(portal.message(REQUEST, STRANGER).requested("10.5.0.101").built());
    assertThat(portal.silences(SilenceReason.NO_LEASE)).isEqualTo(1);
  }

  @Test
  void renewingExtendsTheLease() throws Exception {
    bind(STRANGER, "10.5.0.100");
    clock.advance(Duration.ofMinutes(20));
    RfcReply ack =
        portal.client.ask(portal.message(REQUEST, STRANGER).ciaddr("10.5.0.100").built());
    assertThat(ack.tags()).containsEntry(53, ACK_HEX).containsEntry(51, "00000708");
    assertThat(ack.ciaddr()).isEqualTo("10.5.0.100");
    assertThat(ack.yiaddr()).isEqualTo("10.5.0.100");
    assertThat(lease("10.5.0.100").end()).isEqualTo(clock.instant().plus(Duration.ofMinutes(30)));
  }

  @Test
  void rebindingThroughARelayExtendsTheLeaseToo() throws Exception {
    bind(STRANGER, "10.5.0.100");
    clock.advance(Duration.ofMinutes(29));
    RfcReply ack =
        portal.client.ask(
            portal.message(REQUEST, STRANGER).ciaddr("10.5.0.100").giaddr("10.5.0.1").built());
    assertThat(ack.tags()).containsEntry(53, ACK_HEX);
    assertThat(lease("10.5.0.100").end()).isEqualTo(clock.instant().plus(Duration.ofMinutes(30)));
  }

  @Test
  void renewingAnAddressThatHasGoneToSomebodyElseIsRefused() throws Exception {
    bind(STRANGER, "10.5.0.100");
    clock.advance(Duration.ofMinutes(31));
    bind(OTHER, "10.5.0.100");
    assertThat(
            portal
                .client
                .ask(portal.message(REQUEST, STRANGER).ciaddr("10.5.0.100").built())
                .tags())
        .containsEntry(53, NAK_HEX);
  }

  @Test
  void renewingAnAddressThatWeNeverGaveGetsNoAnswer() throws Exception {
    inVain(portal.message(REQUEST, STRANGER).ciaddr("10.5.0.101").built());
    inVain(portal.message(REQUEST, STRANGER).ciaddr("10.5.0.200").built());
    assertThat(portal.silences(SilenceReason.NO_LEASE)).isEqualTo(2);
  }

  @Test
  void renewingAnAddressWhoseDeviceHasAnotherOneNowIsRefused() throws Exception {
    bind(STRANGER, "10.5.0.100");
    portal.device(STRANGER, "10.5.0.20", Map.of());
    assertThat(
            portal
                .client
                .ask(portal.message(REQUEST, STRANGER).ciaddr("10.5.0.100").built())
                .tags())
        .containsEntry(53, NAK_HEX);
    assertThat(portal.client.ask(portal.message(DISCOVER, STRANGER).built()).yiaddr())
        .isEqualTo("10.5.0.20");
  }

  @Test
  void aLeaseThatWasRenewedAMomentAgoIsToldItsRest() throws Exception {
    bind(STRANGER, "10.5.0.100");
    clock.advance(Duration.ofSeconds(8));
    assertThat(portal.client.ask(selecting(STRANGER, "10.5.0.100")).tags())
        .containsEntry(51, "00000700");
  }

  @Test
  void aDeclinedAddressIsGivenToNobodyForAWhile() throws Exception {
    bind(STRANGER, "10.5.0.100");
    inVain(portal.message(DECLINE, STRANGER).requested("10.5.0.100").server(SERVER).built());
    assertThat(lease("10.5.0.100").state(clock.instant())).isEqualTo(Lease.State.DECLINED);
    assertThat(portal.client.ask(portal.message(DISCOVER, STRANGER).built()).yiaddr())
        .isNotEqualTo("10.5.0.100");
    assertThat(portal.client.ask(selecting(OTHER, "10.5.0.100")).tags()).containsEntry(53, NAK_HEX);
    clock.advance(Duration.ofMinutes(61));
    assertThat(
            portal
                .client
                .ask(portal.message(DISCOVER, OTHER).requested("10.5.0.100").built())
                .yiaddr())
        .isEqualTo("10.5.0.100");
  }

  @Test
  void nobodyDeclinesOrReleasesTheAddressOfAnother() throws Exception {
    bind(STRANGER, "10.5.0.100");
    inVain(portal.message(DECLINE, OTHER).requested("10.5.0.100").server(SERVER).built());
    inVain(portal.message(RELEASE, OTHER).ciaddr("10.5.0.100").server(SERVER).built());
    inVain(portal.message(RELEASE, STRANGER).ciaddr("10.5.0.100").server("192.0.2.9").built());
    assertThat(lease("10.5.0.100").state(clock.instant())).isEqualTo(Lease.State.BOUND);
  }

  @Test
  void aReleasedAddressComesBackToItsClient() throws Exception {
    bind(STRANGER, "10.5.0.102");
    inVain(portal.message(RELEASE, STRANGER).ciaddr("10.5.0.102").server(SERVER).built());
    assertThat(lease("10.5.0.102").state(clock.instant())).isEqualTo(Lease.State.RELEASED);
    assertThat(portal.client.ask(portal.message(DISCOVER, STRANGER).built()).yiaddr())
        .isEqualTo("10.5.0.102");
  }

  @Test
  void informIsAnsweredWithoutAnAddressAndALeaseTime() throws Exception {
    RfcReply ack = portal.client.ask(portal.message(INFORM, STRANGER).ciaddr("10.5.0.9").built());
    assertThat(ack.tags()).containsEntry(53, ACK_HEX).containsEntry(1, "ffffff00");
    assertThat(ack.tags()).doesNotContainKeys(51, 58, 59);
    assertThat(ack.yiaddr()).isEqualTo("0.0.0.0");
    assertThat(ack.ciaddr()).isEqualTo("10.5.0.9");
    assertThat(portal.portal.leases.all()).isEmpty();
  }

  @Test
  void anEnteredAddressThatAnotherClientStillHasIsNotGivenTwice() throws Exception {
    bind(STRANGER, "10.5.0.100");
    portal.device(OTHER, "10.5.0.100", Map.of());
    assertThat(portal.client.ask(portal.message(DISCOVER, OTHER).built()).yiaddr())
        .isNotEqualTo("10.5.0.100");
    assertThat(
            portal
                .client
                .ask(portal.message(REQUEST, STRANGER).ciaddr("10.5.0.100").built())
                .tags())
        .as("its holder moves at its next renewal")
        .containsEntry(53, NAK_HEX);
    clock.advance(Duration.ofMinutes(31));
    assertThat(portal.client.ask(portal.message(DISCOVER, OTHER).built()).yiaddr())
        .isEqualTo("10.5.0.100");
  }

  @Test
  void anAcknowledgedLeaseIsThereAfterARestart() throws Exception {
    bind(STRANGER, "10.5.0.103");
    portal.close();
    portal = open();
    assertThat(lease("10.5.0.103").client().hardwareAddress()).isEqualTo(STRANGER);
    assertThat(
            portal
                .client
                .ask(portal.message(REQUEST, STRANGER).ciaddr("10.5.0.103").built())
                .tags())
        .containsEntry(53, ACK_HEX);
  }

  @Test
  void messagesOfServersAndUnreadableTypesAreMalformed() throws Exception {
    for (int type : new int[] {0, 2, 5, 6, 9, 200}) {
      inVain(portal.message(type, KNOWN).built());
    }
    inVain(portal.message(REQUEST, KNOWN).built());
    inVain(RfcRequest.of(KNOWN, 5).cookie().vendor(53, 0).end());
    assertThat(portal.silences(SilenceReason.MALFORMED)).isEqualTo(8);
  }

  private Lease lease(String address) {
    return portal.portal.leases.find((Inet4Address) InetAddress.ofLiteral(address)).orElseThrow();
  }

  private RfcRequest selecting(String mac, String address) {
    return portal.message(REQUEST, mac).requested(address).server(SERVER).built();
  }

  private void bind(String mac, String address) throws IOException {
    assertThat(portal.client.ask(selecting(mac, address)).tags())
        .as(mac + " gets " + address)
        .containsEntry(53, ACK_HEX);
  }

  private void inVain(RfcRequest request) throws IOException {
    // The witness is acknowledged by the writer, behind all that was to be written before.
    RfcRequest witness = selecting(WITNESS, "10.5.0.8");
    clock.advance(Duration.ofSeconds(11));
    portal.client.askInVain(request, witness);
  }
}
