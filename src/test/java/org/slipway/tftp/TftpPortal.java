package org.slipway.tftp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.slipway.audit.Who;
import org.slipway.leases.Network;
import org.slipway.leases.TftpRules;
import org.slipway.listeners.ListenerSupervisor;
import org.slipway.portal.FreePorts;
import org.slipway.portal.PortalParts;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.settings.CidrBlock;

/** The TFTP server over the real boot files, devices and networks of a portal. */
final class TftpPortal implements AutoCloseable {
  private static final HardwareAddress MAC = new HardwareAddress("52:54:00:00:00:69");

  final PortalParts parts;
  final RequestJournal journal;
  final int port;
  private final ListenerSupervisor supervisor;

  /**
   * @param changed settings, in pairs of name and value
   */
  TftpPortal(Path folder, String... changed) throws IOException {
    port = FreePorts.next();
    Map<String, String> values = new HashMap<>(Probe.map(changed));
    values.put("slipway.tftp.port", Integer.toString(port));
    parts = PortalParts.open(folder, Clock.systemUTC(), values);
    journal = new RequestJournal(parts.transfers);
    TftpListener listener =
        new TftpListener(
            parts.settings, parts.content, parts.uploads, parts.transfers, journal, parts.threads);
    supervisor = new ListenerSupervisor(List.of(listener), parts.threads, parts.clock);
    supervisor.startEnabled();
  }

  Probe probe(String host) throws IOException {
    return new Probe(new InetSocketAddress(host, port));
  }

  Path path(String name) {
    return parts.settings.bootDirectory().resolve(name);
  }

  /** Makes a boot file with content that repeats nowhere. */
  byte[] file(String name, int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    Files.createDirectories(path(name).getParent());
    Files.write(path(name), bytes);
    return bytes;
  }

  void device(String address, boolean enabled, TftpRules rules) {
    parts.devices.put(
        new Device(
            MAC,
            "d",
            Optional.of(InetAddress.ofLiteral(address)),
            Optional.empty(),
            Optional.empty(),
            enabled,
            Map.of(),
            Map.of(),
            rules,
            0),
        OptionalLong.empty(),
        Who.SYSTEM);
  }

  void network(String name, String subnet, TftpRules rules) {
    parts.networks.put(
        new Network(
            name,
            CidrBlock.parse(subnet),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            Network.UnknownDevices.IGNORE,
            Map.of(),
            Map.of(),
            rules,
            0),
        OptionalLong.empty(),
        Who.SYSTEM);
  }

  @Override
  public void close() {
    supervisor.stopAll();
    parts.close();
  }
}
