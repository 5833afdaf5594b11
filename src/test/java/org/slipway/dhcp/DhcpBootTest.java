package org.slipway.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slipway.dhcp.Messages.ACK_HEX;
import static org.slipway.dhcp.Messages.DISCOVER;
import static org.slipway.dhcp.Messages.REQUEST;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.audit.Who;
import org.slipway.bootfiles.RemapRule;
import org.slipway.bootp.RfcReply;
import org.slipway.bootp.RfcRequest;
import org.slipway.bootp.RfcTftp;
import org.slipway.leases.Network.UnknownDevices;
import org.slipway.portal.MovableClock;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.Manifest.Advance;
import org.slipway.provisioning.Manifest.End;
import org.slipway.provisioning.SilenceReason;

/** The boot sequence over DHCP; BOOTP with addresses of pools; and DHCP switched off. */
class DhcpBootTest {
  private static final String MAC = "52:54:00:00:00:01";
  private static final String STRANGER = "52:54:00:00:00:99";
  private static final String WITNESS = "52:54:00:00:00:ff";
  private static final long LONGEST = 60_000_000_000L;
  private static final List<String> POOL = List.of("127.0.5.100", "127.0.5.103");

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private DhcpPortal portal;

  private void open(String mode, UnknownDevices unknown) throws IOException {
    portal = new DhcpPortal(folder, clock, Map.of("slipway.dhcp.mode", mode));
    portal.portal.bootFile("loader", new byte[1300]);
    portal.portal.bootFile("kernel", new byte[512]);
    portal.portal.manifest("lab", Advance.DELIVERY, End.SILENCE, "loader", "kernel");
    portal.network("lab", "127.0.0.0/8", POOL, unknown, Map.of());
    portal.device(WITNESS, "127.0.0.8", Map.of());
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  @Test
  void eachRoundOfOfferAndAcknowledgementNamesTheNextStep() throws Exception {
    open("server", UnknownDevices.IGNORE);
    portal.device(MAC, "127.0.0.7", "lab", null, true, Map.of());
    assertThat(round(MAC, "127.0.0.7")).isEqualTo("loader");
    assertThat(round(MAC, "127.0.0.7")).as("nothing is fetched yet").isEqualTo("loader");
    fetch("127.0.0.7", "loader");
    soonNames("kernel", "127.0.0.7");
    fetch("127.0.0.7", "kernel");
    long end = System.nanoTime() + LONGEST;
    do {
      portal.client.send(portal.message(DISCOVER, MAC).built());
      portal.client.receive(Duration.ofMillis(200));
    } while (portal.silences(SilenceReason.SEQUENCE_COMPLETE) == 0 && System.nanoTime() < end);
    assertThat(portal.silences(SilenceReason.SEQUENCE_COMPLETE)).isPositive();
    assertThat(protocols(MAC))
        .contains("DHCP RUN_STARTED", "DHCP OFFER", "DHCP SILENCE", "TFTP STEP_DELIVERED")
        .noneMatch(e -> e.startsWith("BOOTP"));
  }

  /** What happened in the latest run, each by which protocol. */
  private List<String> protocols(String mac) {
    return portal.portal.timeline.of(new HardwareAddress(mac)).getFirst().events().stream()
        .map(e -> e.protocol() + " " + e.kind())
        .toList();
  }

  @Test
  void aLeasedAddressProvesADeliveryAsAnEnteredOneDoes() throws Exception {
    open("server", UnknownDevices.IGNORE);
    portal.device(MAC, null, "lab", null, true, Map.of());
    String address = portal.client.ask(portal.message(DISCOVER, MAC).built()).yiaddr();
    assertThat(address).startsWith("127.0.5.10");
    assertThat(round(MAC, address)).isEqualTo("loader");
    fetch(address, "loader");
    soonNames("kernel", address);
  }

  @Test
  void whatAMachineSaysItIsChoosesTheFileByARule() throws Exception {
    open("server", UnknownDevices.IGNORE);
    portal.portal.bootFile("loader.efi", new byte[777]);
    portal.device(MAC, "127.0.0.7", null, "loader", true, Map.of());
    portal.portal.remapRules.put(
        new RemapRule(
            "uefi",
            0,
            "loader",
            Optional.empty(),
            Optional.empty(),
            OptionalInt.of(7),
            RemapRule.Action.REWRITE,
            "loader.efi",
            false,
            false,
            true,
            0),
        OptionalInt.empty(),
        OptionalLong.empty(),
        Who.SYSTEM);
    portal.client.ask(portal.message(DISCOVER, MAC).option(93, 0, 0).built());
    assertThat(fetch("127.0.0.7", "loader")).hasSize(1300);
    portal.client.ask(portal.message(DISCOVER, MAC).option(93, 0, 7).built());
    assertThat(fetch("127.0.0.7", "loader")).hasSize(777);
  }

  @Test
  void anOperatingSystemThatAsksForAnAddressBeginsNoRun() throws Exception {
    open("server", UnknownDevices.IGNORE);
    portal.device(MAC, "127.0.0.7", "lab", null, true, Map.of());
    RfcReply offer =
        portal.client.ask(portal.message(DISCOVER, MAC).option(55, 1, 3, 6, 15, 28).built());
    assertThat(offer.file()).isEmpty();
    RfcReply renewed = portal.client.ask(portal.message(REQUEST, MAC).ciaddr("127.0.0.7").built());
    assertThat(renewed.tags()).containsEntry(53, ACK_HEX);
    assertThat(renewed.file()).isEmpty();
    assertThat(portal.portal.runs.openRuns()).isEmpty();
  }

  @Test
  void bootpGivesAddressesOfThePoolWhereUnknownDevicesGetOne() throws Exception {
    open("off", UnknownDevices.POOL);
    RfcReply reply = portal.client.ask(RfcRequest.of(STRANGER, 1).cookie().end());
    assertThat(reply.yiaddr()).startsWith("127.0.5.10");
    assertThat(reply.siaddr()).isEqualTo("127.0.0.1");
    assertThat(reply.tags()).containsEntry(1, "ff000000").doesNotContainKeys(51, 53, 54);
    assertThat(portal.portal.leases.all())
        .singleElement()
        .satisfies(l -> assertThat(l.address().getHostAddress()).isEqualTo(reply.yiaddr()));
    assertThat(portal.client.ask(RfcRequest.of(STRANGER, 2)).yiaddr()).isEqualTo(reply.yiaddr());
  }

  @Test
  void aRequestOf236OctetsGetsAnAddressOfThePoolToo() throws Exception {
    open("off", UnknownDevices.POOL);
    RfcReply reply = portal.client.ask(RfcRequest.of(STRANGER, 1).length(236));
    assertThat(reply.yiaddr()).startsWith("127.0.5.10");
    assertThat(reply.octets()).hasSize(300);
    assertThat(reply.hasCookie()).isFalse();
  }

  @Test
  void aDeviceMayBringTheAddressThatItWasLeased() throws Exception {
    open("off", UnknownDevices.POOL);
    portal.device(MAC, null, "lab", null, true, Map.of());
    String leased = portal.client.ask(RfcRequest.of(MAC, 1)).yiaddr();
    RfcReply reply = portal.client.ask(RfcRequest.of(MAC, 2).ciaddr(leased).cookie().end());
    assertThat(reply.file()).isEqualTo("loader");
    assertThat(reply.ciaddr()).isEqualTo(leased);
    assertThat(reply.yiaddr()).isEqualTo("0.0.0.0");
    assertThat(reply.tags()).containsEntry(1, "ff000000");
    inVain(RfcRequest.of(MAC, 3).ciaddr("127.0.5.99"));
    assertThat(portal.silences(SilenceReason.NO_ADDRESS)).isEqualTo(1);
  }

  @Test
  void bootpInAnExhaustedPoolIsSilentAndSaysWhy() throws Exception {
    open("off", UnknownDevices.POOL);
    for (int i = 0; i < 4; i++) {
      portal.client.ask(RfcRequest.of("52:54:00:00:01:0" + i, i));
    }
    inVain(RfcRequest.of(STRANGER, 9));
    assertThat(portal.silences(SilenceReason.POOL_EXHAUSTED)).isEqualTo(1);
  }

  @Test
  void switchedOffItAnswersNothingButDevicesThatTakeABootpReply() throws Exception {
    open("off", UnknownDevices.POOL);
    portal.device(MAC, "127.0.0.7", null, "kernel", true, Map.of());
    inVain(portal.message(DISCOVER, MAC).built());
    assertThat(portal.silences(SilenceReason.DHCP_MESSAGE)).isEqualTo(1);

    portal.device(MAC, "127.0.0.7", null, "kernel", true, Map.of("bootpReplyToDiscover", "true"));
    RfcReply reply = portal.client.ask(portal.message(DISCOVER, MAC).built());
    assertThat(reply.yiaddr()).isEqualTo("127.0.0.7");
    assertThat(reply.file()).isEqualTo("kernel");
    assertThat(reply.tags()).doesNotContainKeys(51, 53, 54);
    inVain(portal.message(REQUEST, MAC).requested("127.0.0.7").built());
    inVain(portal.message(DISCOVER, STRANGER).built());
    assertThat(portal.silences(SilenceReason.DHCP_MESSAGE)).isEqualTo(3);
  }

  @Test
  void theBootFileOfAKindIsOfferedOnlyWhereItIsThere() throws Exception {
    open("server", UnknownDevices.POOL);
    portal.device(MAC, "127.0.0.7", Map.of("boot-file.bios", "loader", "boot-file.x64", "gone"));
    Messages bios = portal.message(DISCOVER, MAC).text(60, "PXEClient").option(93, 0, 0);
    RfcReply offer = portal.client.ask(bios.built());
    assertThat(offer.file()).isEqualTo("loader");
    assertThat(offer.tags())
        .as("its size in blocks")
        .containsEntry(67, Messages.textHex("loader") + "00");
    inVain(portal.message(DISCOVER, MAC).text(60, "PXEClient").option(93, 0, 7).built());
    assertThat(portal.silences(SilenceReason.FILE_MISSING)).isEqualTo(1);
  }

  /** The file of an offer, which its acknowledgement names too. */
  private String round(String mac, String address) throws IOException {
    RfcReply offer = portal.client.ask(portal.message(DISCOVER, mac).built());
    assertThat(offer.yiaddr()).isEqualTo(address);
    RfcReply ack =
        portal.client.ask(
            portal.message(REQUEST, mac).requested(address).server("127.0.0.1").built());
    assertThat(ack.tags()).containsEntry(53, ACK_HEX);
    assertThat(ack.file()).isEqualTo(offer.file());
    return ack.file();
  }

  /** The server waits a tenth of a second for a delivery to be written, then answers as before. */
  private void soonNames(String file, String address) throws IOException {
    long end = System.nanoTime() + LONGEST;
    String named;
    do {
      named = round(MAC, address);
    } while (!named.equals(file) && System.nanoTime() < end);
    assertThat(named).isEqualTo(file);
  }

  private byte[] fetch(String from, String path) throws IOException {
    return new RfcTftp(InetAddress.ofLiteral(from), portal.tftpAddress).fetch(path);
  }

  private void inVain(RfcRequest request) throws IOException {
    portal.client.askInVain(request, RfcRequest.of(WITNESS, 4711));
  }
}
