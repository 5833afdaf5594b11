package org.slipway.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slipway.dhcp.Messages.REQUEST;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.bootp.OtherServers.Evidence;
import org.slipway.bootp.OtherServers.OtherServer;
import org.slipway.bootp.RfcReply;
import org.slipway.bootp.RfcRequest;
import org.slipway.leases.Network.UnknownDevices;
import org.slipway.portal.MovableClock;
import org.slipway.provisioning.HardwareAddress;

/** Other servers show themselves by what comes to our port. */
class OtherServersTest {
  private static final String KNOWN = "52:54:00:00:00:01";
  private static final String WITNESS = "52:54:00:00:00:ff";
  private static final String FOREIGN = "10.5.0.254";

  @TempDir Path folder;
  private DhcpPortal portal;

  private void start(String mode) throws IOException {
    portal = new DhcpPortal(folder, new MovableClock(), Map.of("slipway.dhcp.mode", mode));
    portal.portal.bootFile("boot/lab", new byte[700]);
    portal.network(
        "lab",
        "10.5.0.0/24",
        List.of("10.5.0.100", "10.5.0.110"),
        UnknownDevices.POOL,
        Map.of("boot-file", "boot/lab"));
    portal.device(KNOWN, "10.5.0.7", Map.of());
    portal.device(WITNESS, "10.5.0.8", Map.of());
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  /** Datagrams are taken in turn: when this is answered, those before it are done with. */
  private List<OtherServer> seen() throws IOException {
    RfcReply answer = portal.client.ask(RfcRequest.of(WITNESS, 77).cookie().end().length(300));
    assertThat(answer.yiaddr()).isEqualTo("10.5.0.8");
    return portal.portal.search.others().all();
  }

  private RfcRequest request(String server) {
    return portal.message(REQUEST, KNOWN).requested("10.5.0.7").server(server).built();
  }

  private RfcRequest reply(String mac, String server) {
    return portal.message(2, mac).server(server).built().octet(0, 2);
  }

  @Test
  void aDeviceThatTakesTheAddressOfAnotherServer() throws Exception {
    start("server");
    portal.client.send(request(FOREIGN));
    portal.client.send(request(FOREIGN));
    OtherServer other = seen().getFirst();
    assertThat(other.address()).isEqualTo(InetAddress.ofLiteral(FOREIGN));
    assertThat(other.evidence()).isEqualTo(Evidence.CHOSEN);
    assertThat(other.device()).isEqualTo(Optional.of(new HardwareAddress(KNOWN)));
    assertThat(other.times()).isEqualTo(2);
    assertThat(seen()).hasSize(1);
    assertThat(portal.bootp.warning().orElseThrow()).contains(FOREIGN);
  }

  /** Beside a proxy, the server of the addresses is no surprise. */
  @Test
  void aProxyExpectsOne() throws Exception {
    start("proxy");
    portal.client.send(request(FOREIGN));
    assertThat(seen()).isEmpty();
  }

  @Test
  void aReplyThatComesToOurPort() throws Exception {
    start("off");
    portal.client.send(reply(KNOWN, FOREIGN));
    assertThat(seen())
        .singleElement()
        .matches(o -> o.evidence() == Evidence.REPLIED)
        .matches(o -> o.address().getHostAddress().equals(FOREIGN));
  }

  @Test
  void weAreNoOther() throws Exception {
    start("server");
    portal.client.send(request("127.0.0.1"));
    portal.client.receive(java.time.Duration.ofSeconds(30)).orElseThrow();
    portal.client.send(reply(KNOWN, "127.0.0.1"));
    portal.client.send(reply(KNOWN, "0.0.0.0"));
    portal.client.send(new byte[] {2});
    portal.client.send(new byte[0]);
    assertThat(seen()).isEmpty();
  }

  /** Anybody can claim to be a server. */
  @Test
  void aFloodOfInventedServersIsForgotten() throws Exception {
    start("off");
    for (int i = 0; i < 300; i++) {
      portal.client.send(reply(KNOWN, "198.51.%d.%d".formatted(i / 200, i % 200 + 1)));
    }
    List<OtherServer> seen = seen();
    assertThat(seen).hasSize(64);
    assertThat(seen.getFirst().address().getHostAddress()).isEqualTo("198.51.1.100");
  }

  /** Without a vendor area, and without being entered: RFC 951 as old clients wrote it. */
  @Test
  void aBootpRequestOf236OctetsGetsAddressAndFileOfItsNetwork() throws Exception {
    start("off");
    RfcReply reply = portal.client.ask(RfcRequest.of("52:54:00:00:00:99", 78).length(236));
    assertThat(reply.yiaddr()).startsWith("10.5.0.1");
    assertThat(reply.siaddr()).isEqualTo("127.0.0.1");
    assertThat(reply.file()).isEqualTo("boot/lab");
    assertThat(reply.octets()).hasSizeGreaterThanOrEqualTo(300);
  }
}
