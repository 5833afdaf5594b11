package org.slipway.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slipway.dhcp.Messages.ACK_HEX;
import static org.slipway.dhcp.Messages.DISCOVER;
import static org.slipway.dhcp.Messages.INFORM;
import static org.slipway.dhcp.Messages.OFFER_HEX;
import static org.slipway.dhcp.Messages.REQUEST;

import java.io.IOException;
import java.nio.file.Path;
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

/** Mode proxy on both of its ports (PXE 2.1 section 2.2). */
class ProxyDhcpTest {
  private static final String KNOWN = "52:54:00:00:00:01";
  private static final String STRANGER = "52:54:00:00:00:99";
  private static final String WITNESS = "52:54:00:00:00:ff";

  @TempDir Path folder;
  private DhcpPortal portal;

  @BeforeEach
  void start() throws IOException {
    portal = new DhcpPortal(folder, new MovableClock(), Map.of("slipway.dhcp.mode", "proxy"));
    portal.portal.bootFile("undionly.kpxe", new byte[700]);
    portal.portal.bootFile("ipxe.efi", new byte[900]);
    portal.network(
        "lab",
        "10.5.0.0/24",
        List.of(),
        UnknownDevices.IGNORE,
        Map.of("boot-file.bios", "undionly.kpxe", "boot-file.x64", "ipxe.efi"));
    portal.device(KNOWN, "10.5.0.7", Map.of());
    portal.device(WITNESS, "10.5.0.8", Map.of());
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  @Test
  void aBootRomIsNamedAFileAndNoAddress() throws Exception {
    RfcReply offer = portal.client.ask(bios(DISCOVER, KNOWN).built());
    assertThat(offer.tags())
        .containsEntry(53, OFFER_HEX)
        .containsEntry(54, Messages.hex("127.0.0.1"))
        .containsEntry(60, Messages.textHex("PXEClient"))
        .containsEntry(43, "060108ff")
        .doesNotContainKeys(1, 3, 51);
    assertThat(offer.yiaddr()).isEqualTo("0.0.0.0");
    assertThat(offer.siaddr()).isEqualTo("127.0.0.1");
    assertThat(offer.file()).isEqualTo("undionly.kpxe");
    assertThat(portal.portal.leases.all()).isEmpty();
  }

  @Test
  void uefiAsksAtTheProxysOwnPort() throws Exception {
    RfcReply offer = portal.client.ask(uefi(DISCOVER, KNOWN).built());
    assertThat(offer.tags()).doesNotContainKey(43);
    RfcReply ack = portal.proxyClient.ask(uefi(REQUEST, KNOWN).ciaddr("10.5.0.7").built());
    assertThat(ack.tags())
        .containsEntry(53, ACK_HEX)
        .containsEntry(60, Messages.textHex("PXEClient"))
        .doesNotContainKeys(51, 43);
    assertThat(ack.file()).isEqualTo("ipxe.efi");
    assertThat(ack.yiaddr()).isEqualTo("0.0.0.0");
    assertThat(portal.proxyClient.ask(uefi(INFORM, KNOWN).ciaddr("10.5.0.7").built()).file())
        .isEqualTo("ipxe.efi");
  }

  @Test
  void theOtherServersClientsAreLeftToIt() throws Exception {
    inVain(portal.message(DISCOVER, KNOWN).built());
    inVain(bios(REQUEST, KNOWN).requested("10.5.0.7").server("10.5.0.254").built());
    inVain(portal.message(REQUEST, KNOWN).ciaddr("10.5.0.7").built());
    assertThat(portal.silences(SilenceReason.NOT_PXE)).isEqualTo(1);
    assertThat(portal.silences(SilenceReason.OTHER_SERVER)).isEqualTo(2);
  }

  @Test
  void whoNobodyHasEnteredGetsNothingUnlessItsNetworkIsOpen() throws Exception {
    inVain(bios(DISCOVER, STRANGER).built());
    assertThat(portal.silences(SilenceReason.UNKNOWN_DEVICE)).isEqualTo(1);
    portal.network(
        "lab", "10.5.0.0/24", List.of(), UnknownDevices.POOL, Map.of("boot-file", "ipxe.efi"));
    assertThat(portal.client.ask(bios(DISCOVER, STRANGER).built()).file()).isEqualTo("ipxe.efi");
  }

  @Test
  void aDisabledDeviceAndRubbishGetNothingAtTheProxysPort() throws Exception {
    portal.device(STRANGER, null, null, null, false, Map.of());
    RfcRequest witness = uefi(REQUEST, WITNESS).ciaddr("10.5.0.8").built();
    portal.proxyClient.askInVain(uefi(REQUEST, STRANGER).ciaddr("10.5.0.9").built(), witness);
    portal.proxyClient.askInVain(new byte[] {1, 2, 3}, witness);
    portal.proxyClient.askInVain(RfcRequest.of(KNOWN, 3), witness);
    portal.proxyClient.askInVain(uefi(DISCOVER, KNOWN).built(), witness);
    assertThat(portal.silences(SilenceReason.DISABLED)).isEqualTo(1);
    assertThat(portal.silences(SilenceReason.MALFORMED)).isEqualTo(3);
  }

  @Test
  void itsPortBelongsToThePortalInThisModeAlone() throws Exception {
    assertThat(portal.proxy.isOffered()).isTrue();
    assertThat(portal.proxy.enabled()).isTrue();
    assertThat(portal.bootp.warning()).hasValueSatisfying(w -> assertThat(w).contains("proxy"));
    portal.close();
    portal = new DhcpPortal(folder, new MovableClock(), Map.of());
    assertThat(portal.proxy.isOffered()).isFalse();
    assertThat(portal.bootp.warning()).isEmpty();
    RfcRequest request = uefi(REQUEST, KNOWN).ciaddr("10.5.0.7").built();
    portal.proxyClient.send(request);
    assertThat(portal.client.ask(RfcRequest.of(WITNESS, 9)).yiaddr()).isEqualTo("10.5.0.8");
  }

  private Messages bios(int type, String mac) {
    return portal.message(type, mac).text(60, "PXEClient:Arch:00000").option(93, 0, 0);
  }

  private Messages uefi(int type, String mac) {
    return portal.message(type, mac).text(60, "PXEClient:Arch:00007").option(93, 0, 7);
  }

  private void inVain(RfcRequest request) throws IOException {
    portal.client.askInVain(request, bios(DISCOVER, WITNESS).built());
  }
}
