package org.slipway.bootp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.slipway.bootp.LocalAddresses.LocalAddress;
import org.slipway.leases.Network;
import org.slipway.leases.Network.UnknownDevices;
import org.slipway.leases.TftpRules;
import org.slipway.settings.CidrBlock;
import org.slipway.settings.Settings;

class ServerAddressTest {
  private static final LocalAddresses INTERFACES =
      new LocalAddresses(
          List.of(local("127.0.0.1", 8), local("10.1.0.1", 24), local("10.2.0.1", 16)));

  private final AtomicReference<LocalAddresses> interfaces = new AtomicReference<>(INTERFACES);
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void theSettingGoesBeforeEverything() {
    assertThat(
            told(
                Map.of("slipway.bootp.server-address", "192.0.2.1"),
                network("10.1.0.0/24", "10.1.0.9"),
                "10.1.0.50"))
        .isEqualTo("192.0.2.1");
  }

  @Test
  void thenTheServerAddressOfTheNetwork() {
    assertThat(told(Map.of(), network("10.1.0.0/24", "10.1.0.9"), "10.1.0.50"))
        .isEqualTo("10.1.0.9");
  }

  @Test
  void thenTheLocalAddressInTheNetworksSubnet() {
    assertThat(told(Map.of(), network("10.2.0.0/15", null), "10.3.0.50")).isEqualTo("10.2.0.1");
  }

  @Test
  void thenTheInterfaceThatReachesTheDevice() {
    assertThat(told(Map.of(), null, "10.2.99.1")).isEqualTo("10.2.0.1");
    assertThat(told(Map.of(), null, "10.1.0.77")).isEqualTo("10.1.0.1");
  }

  @Test
  void aLoopbackDeviceIsToldTheLoopbackAddress() {
    assertThat(told(Map.of(), null, "127.0.0.42")).isEqualTo("127.0.0.1");
  }

  @Test
  void elseTheFirstThatIsNoLoopbackAddress() {
    assertThat(told(Map.of(), null, "192.168.7.7")).isEqualTo("10.1.0.1");
    assertThat(told(Map.of(), network("192.168.0.0/16", null), null)).isEqualTo("10.1.0.1");
  }

  @Test
  void aPortalBoundToOneAddressHasNoOther() {
    assertThat(told(Map.of("slipway.bind.address", "10.2.0.1"), null, "10.1.0.50"))
        .isEqualTo("10.2.0.1");
    assertThat(told(Map.of("slipway.bind.address", "0.0.0.0"), null, "10.1.0.50"))
        .isEqualTo("10.1.0.1");
  }

  @Test
  void withoutAnyAddressThereIsNone() {
    interfaces.set(new LocalAddresses(List.of(local("127.0.0.1", 8))));

    assertThat(told(Map.of(), null, "10.1.0.50")).isNull();
  }

  @Test
  void interfacesAreLookedAtAgainAfterAWhile() {
    ServerAddress address = address(Map.of());
    assertThat(address.isLocal(ip("10.1.0.1"))).isTrue();
    interfaces.set(new LocalAddresses(List.of()));
    assertThat(address.isLocal(ip("10.1.0.1"))).isTrue();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));
    assertThat(address.isLocal(ip("10.1.0.1"))).isFalse();
  }

  @Test
  void theLoopbackInterfaceOfThisMachineIsFound() {
    assertThat(LocalAddresses.current().contains(ip("127.0.0.1"))).isTrue();
  }

  private String told(Map<String, String> settings, Network network, String device) {
    return address(settings)
        .forDevice(
            Optional.ofNullable(network), Optional.ofNullable(device).map(InetAddress::ofLiteral))
        .map(Inet4Address::getHostAddress)
        .orElse(null);
  }

  private ServerAddress address(Map<String, String> settings) {
    return new ServerAddress(
        new Settings(settings::get, name -> null), interfaces::get, nanos::get);
  }

  static Network network(String subnet, String server) {
    return new Network(
        "lab",
        CidrBlock.parse(subnet),
        Optional.ofNullable(server).map(InetAddress::ofLiteral),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        UnknownDevices.IGNORE,
        Map.of(),
        Map.of(),
        TftpRules.NONE,
        1);
  }

  private static LocalAddress local(String address, int prefix) {
    return new LocalAddress(ip(address), prefix, 1);
  }

  private static Inet4Address ip(String text) {
    return Inet4Address.ofLiteral(text);
  }
}
