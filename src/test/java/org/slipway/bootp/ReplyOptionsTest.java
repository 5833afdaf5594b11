package org.slipway.bootp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slipway.bootp.wire.VendorOption;
import org.slipway.leases.Network;
import org.slipway.leases.Network.UnknownDevices;
import org.slipway.leases.TftpRules;
import org.slipway.provisioning.BootDecision.Offer;
import org.slipway.settings.CidrBlock;

class ReplyOptionsTest {
  private static final String MAC = "52:54:00:00:00:01";
  private static final int PLAIN = 64;

  @Test
  void whatTheNetworkKnowsIsSaidInOrderOfImportance() {
    ReplyOptions options = ReplyOptions.of(offer("k", 1_000, network(Map.of()), Map.of()), PLAIN);

    assertThat(options.written().stream().map(VendorOption::toString))
        .containsExactly(
            "1=ffffff00",
            "3=0a0000fe",
            "6=0a00000a0a00000b",
            "12=73772d3031",
            "15=6c6162",
            "13=0002",
            "42=0a00000c");
    assertThat(options.leftOut()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "512, 1", "513, 2", "33553920, 65535"})
  void theFileSizeIsCountedInBlocksOf512(long size, long blocks) {
    assertThat(written(offer("k", size, null, Map.of()), PLAIN))
        .filteredOn(o -> o.tag() == 13)
        .singleElement()
        .satisfies(o -> {
          assertThat(o.toNumber()).isEqualTo(blocks);
          assertThat(o.data()).hasSize(2);
        });
  }

  @Test
  void aFileThatTwoOctetsCannotCountHasNoSize() {
    assertThat(written(offer("k", 33_553_921, null, Map.of()), PLAIN))
        .noneMatch(o -> o.tag() == 13);
    assertThat(written(offer("", 5, null, Map.of()), PLAIN)).noneMatch(o -> o.tag() == 13);
  }

  @Test
  void theDevicesOwnOptionsGoBeforeTheNetworks() {
    Network network = network(Map.of("root-path", "/net", "17", "/ignored", "host-name", "net"));
    List<VendorOption> written = written(offer("k", 0, network, Map.of("root-path", "/own")), 312);

    assertThat(written)
        .contains(VendorOption.text(17, "/own"))
        .contains(VendorOption.text(12, "net"));
    assertThat(written.stream().filter(o -> o.tag() == 17)).hasSize(1);
  }

  @Test
  void whatHasNoRoomIsLeftOutWholeAndNamed() {
    Map<String, String> configured = Map.of("root-path", "/srv/" + "r".repeat(30));
    ReplyOptions options = ReplyOptions.of(offer("k", 1, network(Map.of()), configured), PLAIN);

    assertThat(options.leftOut()).containsExactly(17);
    assertThat(options.written().stream().mapToInt(VendorOption::encodedLength).sum())
        .isLessThanOrEqualTo(59);
    assertThat(ReplyOptions.of(offer("k", 1, network(Map.of()), configured), 312).leftOut())
        .isEmpty();
  }

  @Test
  void nothingThatOnlyDhcpKnowsIsSaid() {
    Map<String, String> configured =
        Map.of("51", "0x00000e10", "53", "0x05", "54", "0x0a000001", "52", "0x01", "61", "x");

    assertThat(written(offer("k", 1, null, configured), 312))
        .extracting(VendorOption::tag)
        .containsExactly(12, 13);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ntp-servers|10.0.0.1, 10.0.0.2|42=0a0000010a000002",
        "42|10.0.0.1|42=0a000001",
        "Time-Offset|-3600|2=fffff1f0",
        "interface-mtu|1500|26=05dc",
        "200|0xCAFE|200=cafe",
        "201|text|201=74657874"
      })
  void optionsAreWrittenByNameOrNumber(String name, String value, String expected) {
    assertThat(ConfiguredOption.read(name, value).map(VendorOption::toString)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "ntp-servers, pool.example.org",
    "ntp-servers, ::1",
    "interface-mtu, 70000",
    "interface-mtu, x",
    "0, x",
    "255, x",
    "256, x",
    "200, 0xABC",
    "padding, 300"
  })
  void whatIsNoOptionIsLeftAlone(String name, String value) {
    assertThat(ConfiguredOption.read(name, value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "sw-01, true",
    "1, true",
    "a.example.org, true",
    "lab switch, false",
    "-a, false",
    "a-, false",
    "a..b, false",
    ".a, false",
    "a., false",
    "a-.b, false",
    "交换机, false"
  })
  void onlyNamesThatAreHostNamesAreSent(String name, boolean valid) {
    assertThat(HostName.isValid(name)).isEqualTo(valid);
  }

  @Test
  void labelsHaveAtMost63Characters() {
    assertThat(HostName.isValid("a".repeat(63) + ".b")).isTrue();
    assertThat(HostName.isValid("a".repeat(64))).isFalse();
    assertThat(HostName.isValid("")).isFalse();
  }

  private static List<VendorOption> written(Offer offer, int room) {
    return ReplyOptions.of(offer, room).written();
  }

  private static Offer offer(String file, long size, Network network, Map<String, String> own) {
    return FixedAssignments.offerOf(
        FixedAssignments.device(MAC, own), "10.0.0.1", file, OptionalLong.of(size), network, 1);
  }

  private static Network network(Map<String, String> options) {
    return new Network(
        "lab",
        CidrBlock.parse("10.0.0.0/24"),
        Optional.empty(),
        Optional.of(InetAddress.ofLiteral("10.0.0.254")),
        List.of(InetAddress.ofLiteral("10.0.0.10"), InetAddress.ofLiteral("10.0.0.11")),
        List.of(InetAddress.ofLiteral("10.0.0.12")),
        Optional.of("lab"),
        List.of(),
        List.of(),
        UnknownDevices.IGNORE,
        options,
        Map.of(),
        TftpRules.NONE,
        1);
  }
}
