package org.slipway.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.slipway.audit.Who;
import org.slipway.leases.ClientIdentity;
import org.slipway.leases.LeaseClient;
import org.slipway.leases.Network;
import org.slipway.leases.Network.UnknownDevices;
import org.slipway.leases.TftpRules;
import org.slipway.portal.PortalParts;
import org.slipway.provisioning.DeviceExplanation.Explanation;
import org.slipway.settings.CidrBlock;

/**
 * What is said beforehand of devices whose address comes from a pool, and that nothing is taken.
 */
class PoolProspectsTest extends SequenceFixture {
  private static final HardwareAddress STRANGER = new HardwareAddress("02:00:00:00:00:98");

  @Test
  void aStrangerIsOfferedAnAddressWhereANetworkIsOpen() {
    network("lab", 5, UnknownDevices.POOL, Map.of());
    for (int i = 0; i < 3; i++) {
      Explanation e = portal.explanation.explain(STRANGER);
      assertThat(e.offer()).isTrue();
      assertThat(e.reason()).isEmpty();
      assertThat(e.step()).isEmpty();
      assertThat(e.address()).isEmpty();
      assertThat(e.network().map(Network::name)).contains("lab");
      assertThat(rule(e, "KNOWN_DEVICE").matched()).isFalse();
      assertThat(rule(e, "POOL").matched()).isTrue();
      assertThat(rule(e, "POOL").text())
          .isEqualTo(
              "Assumed that it asks in the network lab, the only one that gives unknown devices an"
                  + " address");
    }
    assertThat(portal.leases.all()).isEmpty();
    assertThat(portal.leases.offers()).isZero();
    assertThat(portal.unknown.newestFirst()).isEmpty();
    assertThat(lease(STRANGER, "lab").getHostAddress()).as("the first").isEqualTo("10.5.0.10");
  }

  @Test
  void aStrangerWithALeaseKeepsItsAddress() {
    network("first", 4, UnknownDevices.POOL, Map.of());
    network("lab", 5, UnknownDevices.POOL, Map.of());
    InetAddress leased = lease(STRANGER, "lab");
    Explanation e = portal.explanation.explain(STRANGER);
    assertThat(e.offer()).isTrue();
    assertThat(e.address()).contains(leased);
    assertThat(e.network().map(Network::name)).contains("lab");
    assertThat(rule(e, "POOL").text())
        .isEqualTo(
            "It holds the lease of 10.5.0.10, and its network lab gives unknown devices an"
                + " address");

    network("lab", 5, UnknownDevices.IGNORE, Map.of());
    Explanation closed = portal.explanation.explain(STRANGER);
    assertThat(closed.reason()).contains(SilenceReason.UNKNOWN_DEVICE);
    assertThat(closed.address()).isEmpty();
    assertThat(rule(closed, "POOL").matched()).isFalse();
  }

  @Test
  void whereNoNetworkIsOpenAStrangerHearsNothing() {
    network("lab", 5, UnknownDevices.IGNORE, Map.of());
    Explanation e = portal.explanation.explain(STRANGER);
    assertThat(e.reason()).contains(SilenceReason.UNKNOWN_DEVICE);
    assertThat(rule(e, "POOL").matched()).isFalse();
  }

  @Test
  void ofSeveralOpenNetworksOneIsAssumedAndNamed() {
    network("b", 5, UnknownDevices.POOL, Map.of());
    network("a", 6, UnknownDevices.POOL, Map.of());
    Explanation e = portal.explanation.explain(STRANGER);
    assertThat(e.network().map(Network::name)).contains("a");
    assertThat(rule(e, "POOL").text()).contains("network a, the first by name of 2");
  }

  @Test
  void theFileOfTheNetworkIsNamedWhereItIsThere() {
    network("lab", 5, UnknownDevices.POOL, Map.of("boot-file", "one.bin"));
    assertThat(portal.explanation.explain(STRANGER).step()).contains("one.bin");
    network("lab", 5, UnknownDevices.POOL, Map.of("boot-file", "gone.bin"));
    Explanation gone = portal.explanation.explain(STRANGER);
    assertThat(gone.offer()).isTrue();
    assertThat(gone.step()).isEmpty();
    assertThat(rule(gone, "FILE_EXISTS").matched()).isFalse();
  }

  @Test
  void aPoolThatIsTakenIsTheReason() {
    network("lab", 5, UnknownDevices.POOL, Map.of());
    lease(new HardwareAddress("02:00:00:00:00:01"), "lab");
    lease(new HardwareAddress("02:00:00:00:00:02"), "lab");
    Explanation e = portal.explanation.explain(STRANGER);
    assertThat(e.reason()).contains(SilenceReason.POOL_EXHAUSTED);
    assertThat(rule(e, "POOL").text()).endsWith("all of them are taken");
    clock.advance(Duration.ofHours(2));
    assertThat(portal.explanation.explain(STRANGER).offer()).isTrue();
  }

  @Test
  void anEnteredDeviceWithoutAnAddressWalksItsManifestWithOneOfAPool() {
    put(withoutAddress());
    assertThat(portal.explanation.explain(MAC).reason()).contains(SilenceReason.NO_ADDRESS);
    network("lab", 5, UnknownDevices.POOL, Map.of());
    Explanation e = portal.explanation.explain(MAC);
    assertThat(e.step()).contains("one.bin");
    assertThat(e.address()).isEmpty();
    InetAddress leased = lease(MAC, "lab");
    assertThat(portal.explanation.explain(MAC).address()).contains(leased);
    assertThat(portal.runs.openRuns()).isEmpty();
  }

  private static Device withoutAddress() {
    return new Device(
        MAC,
        "d",
        Optional.empty(),
        Optional.of("m"),
        Optional.empty(),
        true,
        Map.of(),
        Map.of(),
        TftpRules.NONE,
        0);
  }

  private static DeviceExplanation.Rule rule(Explanation e, String name) {
    return e.rules().stream().filter(r -> r.rule().equals(name)).findFirst().orElseThrow();
  }

  /** With two addresses, from 10.X.0.10. */
  private void network(String name, int x, UnknownDevices unknown, Map<String, String> options) {
    String base = "10." + x + ".0.";
    portal.networks.put(
        new Network(
            name,
            CidrBlock.parse(base + "0/24"),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(
                new Network.Pool(
                    PortalParts.address(base + "10"), PortalParts.address(base + "11"))),
            List.of(),
            unknown,
            options,
            Map.of(),
            TftpRules.NONE,
            0),
        OptionalLong.empty(),
        Who.SYSTEM);
  }

  private InetAddress lease(HardwareAddress mac, String networkName) {
    Network network = portal.networks.find(networkName).orElseThrow();
    LeaseClient client =
        new LeaseClient(ClientIdentity.ofHardware(1, mac.octets()), mac.text(), Optional.empty());
    Inet4Address address =
        portal.leases.offer(client, network, Optional.empty(), portal.devices).orElseThrow();
    portal
        .leases
        .bind(client, address, Optional.of(network), portal.devices, Duration.ofHours(1))
        .join();
    return address;
  }
}
