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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.slipway.audit.Who;
import org.slipway.leases.TftpRules;
import org.slipway.leases.TftpRules.WriteGrant;
import org.slipway.listeners.ListenerSupervisor;
import org.slipway.portal.FreePorts;
import org.slipway.portal.PortalParts;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.storage.VirtualPath;
import org.slipway.transfers.TransferRecord;

/** A TFTP server on loopback before the real portal: grants, quotas, files and all. */
final class WritableServer implements AutoCloseable {
  static final HardwareAddress MAC = new HardwareAddress("52:54:00:00:00:69");
  static final InetAddress CLIENT = InetAddress.ofLiteral("127.0.0.1");

  final PortalParts portal;
  final Path boot;
  final RequestJournal journal;

  /** Ended transfers. */
  final List<TransferRecord> history = new CopyOnWriteArrayList<>();

  private final ListenerSupervisor supervisor;
  private final int port;

  /**
   * @param changed settings, in pairs of name and value
   */
  WritableServer(Path folder, String... changed) throws IOException {
    port = FreePorts.next();
    Map<String, String> values = new HashMap<>(Map.of("slipway.tftp.port", "" + port));
    for (int i = 0; i < changed.length; i += 2) {
      values.put(changed[i], changed[i + 1]);
    }
    portal = PortalParts.open(folder, Clock.systemUTC(), values);
    boot = portal.settings.bootDirectory();
    portal.transfers.onEnded(history::add);
    journal = new RequestJournal(portal.transfers);
    TftpListener listener =
        new TftpListener(
            portal.settings,
            portal.content,
            portal.uploads,
            portal.transfers,
            journal,
            portal.threads);
    supervisor = new ListenerSupervisor(List.of(listener), portal.threads, portal.clock);
    supervisor.startEnabled();
  }

  InetSocketAddress address() {
    return new InetSocketAddress(CLIENT, port);
  }

  InetSocketAddress address(String host) {
    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }

  /** The client's address is that of a device. */
  void device(boolean enabled, Optional<WriteGrant> grant, Optional<String> folder) {
    TftpRules rules =
        new TftpRules(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            grant,
            folder.map(VirtualPath::parse));
    device(enabled, rules);
  }

  void device(boolean enabled, TftpRules rules) {
    portal.devices.put(
        new Device(
            MAC,
            "d",
            Optional.of(CLIENT),
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

  byte[] stored(String path) throws IOException {
    return Files.readAllBytes(boot.resolve(path));
  }

  /** What is on its way and not visible; waits until it is nothing. */
  boolean soonNothingIsStaged() {
    return RunningServer.soon(() -> {
      try (Stream<Path> staged = Files.list(boot.resolve(".slipway-staging"))) {
        return staged.findAny().isEmpty();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    });
  }

  long used() {
    return portal.areas.tftpUploads().usage(VirtualPath.ROOT).orElseThrow().usedBytes();
  }

  /** The end of the transfer of a file, when it is there. */
  TransferRecord ended(String path) {
    if (!RunningServer.soon(() -> find(path).isPresent())) {
      throw new AssertionError("no transfer of " + path + " has ended: " + history);
    }
    return find(path).orElseThrow();
  }

  private Optional<TransferRecord> find(String path) {
    return history.stream().filter(t -> t.description().path().equals(path)).findFirst();
  }

  void stopListening() {
    supervisor.stopAll();
  }

  @Override
  public void close() {
    supervisor.stopAll();
    portal.close();
  }
}
