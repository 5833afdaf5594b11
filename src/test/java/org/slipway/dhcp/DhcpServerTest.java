package org.slipway.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slipway.dhcp.Messages.ACK_HEX;
import static org.slipway.dhcp.Messages.DISCOVER;
import static org.slipway.dhcp.Messages.INFORM;
import static org.slipway.dhcp.Messages.NAK_HEX;
import static org.slipway.dhcp.Messages.OFFER_HEX;
import static org.slipway.dhcp.Messages.REQUEST;

import java.io.IOException;
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
import org.slipway.leases.Network.UnknownDevices;
import org.slipway.portal.MovableClock;
import org.slipway.provisioning.SilenceReason;

/** Mode server on real sockets: who is offered what, and what comes back of its options. */
class DhcpServerTest {
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
  void anEnteredAddressIsOfferedAndAcknowledged() throws Exception {
    RfcReply offer = portal.client.ask(portal.message(DISCOVER, KNOWN).built());
    assertThat(offer.tags()).containsEntry(53, OFFER_HEX).containsEntry(54, Messages.hex(SERVER));
    assertThat(offer.tags()).containsEntry(51, "00000708").containsEntry(1, "ffffff00");
    assertThat(offer.tags()).containsEntry(58, "00000384").containsEntry(59, "00000627");
    assertThat(offer.tags()).containsEntry(3, Messages.hex("10.5.0.1"));
    assertThat(offer.yiaddr()).isEqualTo(ENTERED);
    assertThat(offer.siaddr()).isEqualTo(SERVER);
    assertThat(offer.hops()).isZero();
    assertThat(portal.portal.leases.all()).as("an offer is no lease").isEmpty();

    RfcReply ack = portal.client.ask(selecting(KNOWN, ENTERED));
    assertThat(ack.tags()).containsEntry(53, ACK_HEX).containsEntry(51, "00000708");
    assertThat(ack.yiaddr()).isEqualTo(ENTERED);
    assertThat(portal.portal.leases.all())
        .singleElement()
        .satisfies(l -> assertThat(l.client().hardwareAddress()).isEqualTo(KNOWN));
  }

  @Test
  void whoNobodyHasEnteredGetsAnAddressOfThePool() throws Exception {
    RfcReply offer = portal.client.ask(portal.message(DISCOVER, STRANGER).built());
    assertThat(offer.yiaddr()).startsWith("10.5.0.10");
    assertThat(portal.client.ask(selecting(STRANGER, offer.yiaddr())).tags())
        .containsEntry(53, ACK_HEX);
  }

  @Test
  void whereUnknownDevicesAreIgnoredTheyGetNothing() throws Exception {
    portal.network(
        "lab", "10.5.0.0/24", List.of("10.5.0.100", "10.5.0.103"), UnknownDevices.IGNORE, Map.of());
    inVain(portal.message(DISCOVER, STRANGER).built());
    inVain(portal.message(REQUEST, STRANGER).requested("10.5.0.100").built());
    inVain(portal.message(INFORM, STRANGER).ciaddr("10.5.0.100").built());
    assertThat(portal.silences(SilenceReason.UNKNOWN_DEVICE)).isEqualTo(3);
  }

  /** Adopting it would not help: what is missing is the network. */
  @Test
  void aStrangerOfANetworkThatIsNotEnteredIsToldApartFromOneThatIs() throws Exception {
    inVain(portal.message(DISCOVER, STRANGER).giaddr("192.0.2.1").built());
    assertThat(portal.silences(SilenceReason.NETWORK_UNKNOWN)).isEqualTo(1);
    assertThat(portal.silences(SilenceReason.UNKNOWN_DEVICE)).isZero();
  }

  @Test
  void aKnownDeviceWithoutAnAddressGetsOneOfThePool() throws Exception {
    portal.network(
        "lab", "10.5.0.0/24", List.of("10.5.0.100", "10.5.0.103"), UnknownDevices.IGNORE, Map.of());
    portal.device(OTHER, null, Map.of());
    assertThat(portal.client.ask(portal.message(DISCOVER, OTHER).built()).yiaddr())
        .startsWith("10.5.0.10");
  }

  @Test
  void aDisabledDeviceGetsNothing() throws Exception {
    portal.device(KNOWN, ENTERED, null, null, false, Map.of());
    inVain(portal.message(DISCOVER, KNOWN).built());
    inVain(selecting(KNOWN, ENTERED));
    assertThat(portal.silences(SilenceReason.DISABLED)).isEqualTo(2);
  }

  @Test
  void theRequestedAddressIsOfferedWhereItIsFree() throws Exception {
    assertThat(
            portal
                .client
                .ask(portal.message(DISCOVER, STRANGER).requested("10.5.0.102").built())
                .yiaddr())
        .isEqualTo("10.5.0.102");
    assertThat(
            portal
                .client
                .ask(portal.message(DISCOVER, OTHER).requested("10.5.0.102").built())
                .yiaddr())
        .startsWith("10.5.0.10")
        .isNotEqualTo("10.5.0.102");
  }

  @Test
  void theClientIdentifierIsTheIdentityAndComesBack() throws Exception {
    Messages discover = portal.message(DISCOVER, STRANGER).hex(61, "ff0000000100");
    RfcReply offer = portal.client.ask(discover.built());
    assertThat(offer.tags()).containsEntry(61, "ff0000000100");
    RfcReply another =
        portal.client.ask(portal.message(DISCOVER, STRANGER).hex(61, "ff0000000200").built());
    assertThat(another.yiaddr()).isNotEqualTo(offer.yiaddr());
    RfcReply same =
        portal.client.ask(portal.message(DISCOVER, OTHER).hex(61, "ff0000000100").built());
    assertThat(same.yiaddr()).isEqualTo(offer.yiaddr());
    RfcReply nak =
        portal.client.ask(
            portal
                .message(REQUEST, KNOWN)
                .hex(61, "ff0000000300")
                .requested("10.5.0.99")
                .server(SERVER)
                .built());
    assertThat(nak.tags()).containsEntry(53, NAK_HEX).containsEntry(61, "ff0000000300");
  }

  @Test
  void whatTheRelayHasAddedComesBackLastAndUnchanged() throws Exception {
    RfcReply offer =
        portal.client.ask(
            portal
                .message(DISCOVER, KNOWN)
                .hex(82, "0104000a0b0c0206aabbccddeeff")
                .giaddr("10.5.0.1")
                .built());
    assertThat(offer.tags().keySet()).last().isEqualTo(82);
    assertThat(offer.tags()).containsEntry(82, "0104000a0b0c0206aabbccddeeff");
    RfcReply nak =
        portal.client.ask(
            portal
                .message(REQUEST, KNOWN)
                .hex(82, "0101aa")
                .requested("10.5.0.200")
                .server(SERVER)
                .built());
    assertThat(nak.tags().keySet()).last().isEqualTo(82);
  }

  @Test
  void theRelaysLinkSelectionGoesBeforeItsAddress() throws Exception {
    portal.network(
        "far", "10.6.0.0/24", List.of("10.6.0.50", "10.6.0.60"), UnknownDevices.POOL, Map.of());
    RfcReply offer =
        portal.client.ask(
            portal.message(DISCOVER, STRANGER).hex(82, "05040a060000").giaddr("10.5.0.1").built());
    assertThat(offer.yiaddr()).startsWith("10.6.0.");
    assertThat(
            portal.client.ask(portal.message(DISCOVER, OTHER).giaddr("10.6.0.1").built()).yiaddr())
        .startsWith("10.6.0.");
  }

  @Test
  void whereSeveralNetworksArePossibleNobodyIsGivenAnAddressByChance() throws Exception {
    portal.network(
        "far", "10.6.0.0/24", List.of("10.6.0.50", "10.6.0.60"), UnknownDevices.POOL, Map.of());
    portal.device(OTHER, null, Map.of());
    inVain(portal.message(DISCOVER, OTHER).built());
    assertThat(portal.silences(SilenceReason.NETWORK_UNKNOWN)).isEqualTo(1);
    assertThat(portal.client.ask(portal.message(DISCOVER, KNOWN).built()).yiaddr())
        .isEqualTo(ENTERED);
  }

  @Test
  void anExhaustedPoolLeavesEnteredDevicesAlone() throws Exception {
    for (int i = 0; i < 4; i++) {
      bind("52:54:00:00:01:0" + i, "10.5.0.10" + i);
    }
    inVain(portal.message(DISCOVER, STRANGER).built());
    assertThat(portal.silences(SilenceReason.POOL_EXHAUSTED)).isEqualTo(1);
    assertThat(portal.client.ask(portal.message(DISCOVER, KNOWN).built()).yiaddr())
        .isEqualTo(ENTERED);
  }

  @Test
  void aServerNameOfAnotherMeansNothingToDhcp() throws Exception {
    RfcRequest request = portal.message(DISCOVER, KNOWN).built().sname("other");
    assertThat(portal.client.ask(request).yiaddr()).isEqualTo(ENTERED);
  }

  @Test
  void bootpGoesOnBesideDhcp() throws Exception {
    RfcReply reply = portal.client.ask(RfcRequest.of(WITNESS, 77).cookie().end());
    assertThat(reply.yiaddr()).isEqualTo("10.5.0.8");
    assertThat(reply.tags()).doesNotContainKeys(51, 53, 54);
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
