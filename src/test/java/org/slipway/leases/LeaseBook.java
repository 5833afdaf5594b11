package org.slipway.leases;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.Who;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.settings.CidrBlock;

/** A book of leases on a real database, with one network and one pool. */
abstract class LeaseBook {
  static final Duration HOUR = Duration.ofHours(1);
  static final Inet4Address FIRST = address("10.5.0.100");

  @TempDir Path folder;
  final MovableClock clock = new MovableClock();
  PortalParts parts;
  Leases leases;
  Network network;

  @BeforeEach
  void open() {
    parts = PortalParts.open(folder, clock, Map.of());
    leases = parts.leases;
    network = network("10.5.0.100", "10.5.0.107");
  }

  Network network(String first, String last) {
    return parts.networks.put(
        new Network(
            "lab",
            CidrBlock.parse("10.0.0.0/8"),
            Optional.empty(),
            Optional.of(address("10.5.0.101")),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(new Network.Pool(address(first), address(last))),
            List.of(),
            Network.UnknownDevices.POOL,
            Map.of(),
            Map.of(),
            TftpRules.NONE,
            0),
        OptionalLong.empty(),
        Who.SYSTEM);
  }

  @AfterEach
  void close() {
    parts.close();
  }

  Optional<Inet4Address> offer(LeaseClient client) {
    return leases.offer(client, network, Optional.empty(), parts.devices);
  }

  /** Empty where the client was not told that it has the address. */
  Optional<Lease> bind(LeaseClient client, Inet4Address address) {
    return leases
        .bind(client, address, Optional.of(network), parts.devices, HOUR)
        .handle((lease, failure) -> Optional.ofNullable(lease))
        .join();
  }

  /** What a portal knows that was killed and started again. */
  Leases reopened() {
    return new Leases(parts.jdbi, parts.writer, parts.audit, parts.networks, clock);
  }

  long rows() {
    return parts.jdbi.withHandle(
        h -> h.createQuery("SELECT COUNT(*) FROM lease").mapTo(long.class).one());
  }

  void device(String mac, String address) {
    try {
      parts.devices.put(
          new Device(
              new HardwareAddress(mac),
              "",
              Optional.of(address(address)),
              Optional.empty(),
              Optional.empty(),
              true,
              Map.of(),
              Map.of(),
              TftpRules.NONE,
              0),
          OptionalLong.empty(),
          Who.SYSTEM);
    } catch (RefusedException e) {
      assertThat(e).as("the address is another device's").hasMessageContaining("belongs");
    }
  }

  static LeaseClient client(int number) {
    return client(
        "52:54:%02x:%02x:%02x:01"
            .formatted(number >> 16 & 0xFF, number >> 8 & 0xFF, number & 0xFF));
  }

  static LeaseClient client(String mac) {
    return new LeaseClient(
        ClientIdentity.ofHardware(1, new HardwareAddress(mac).octets()), mac, Optional.empty());
  }

  static Inet4Address address(String text) {
    return (Inet4Address) InetAddress.ofLiteral(text);
  }
}
