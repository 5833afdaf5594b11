package org.slipway.provisioning;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.bootfiles.BootClient;
import org.slipway.bootfiles.BootFile;
import org.slipway.bootfiles.BootFiles;
import org.slipway.bootfiles.RuleTrace;
import org.slipway.leases.Network;
import org.slipway.leases.Networks;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.PortalSettings.TftpRead;
import org.slipway.settings.Settings;
import org.slipway.storage.FileAreas;
import org.slipway.storage.VirtualPath;

/**
 * What a name of a boot file means for a device or an address. The boot sequence, the protocols and
 * the preview ask here alike.
 */
@Singleton
public final class BootNames {
  /** Discard (RFC 863); nothing is sent there. */
  private static final int ANY_PORT = 9;

  private final Settings settings;
  private final Devices devices;
  private final Networks networks;
  private final ClientArchitectures architectures;
  private final BootFiles files;
  private final IgnoredCase ignoredCase;

  @Inject
  public BootNames(
      Settings settings,
      Devices devices,
      Networks networks,
      ClientArchitectures architectures,
      BootFiles files,
      FileAreas areas,
      Clock clock) {
    this.ignoredCase = new IgnoredCase(areas.bootFiles(), clock);
    this.settings = settings;
    this.devices = devices;
    this.networks = networks;
    this.architectures = architectures;
    this.files = files;
  }

  /** A client, and what rules and templates may know of it. */
  record Client(Optional<Device> device, BootClient known) {}

  Client client(InetAddress address) {
    return client(devices.find(address), Optional.of(address));
  }

  Client client(Device device) {
    return client(Optional.of(device), device.address());
  }

  private Client client(Optional<Device> device, Optional<InetAddress> address) {
    Optional<Network> network = address.flatMap(networks::of);
    return new Client(
        device,
        new BootClient(
            device.map(d -> d.hardwareAddress().text()),
            network.map(Network::name),
            device.map(architectures::of).orElse(OptionalInt.empty()),
            () -> variables(device, network, address)));
  }

  private Map<String, String> variables(
      Optional<Device> device, Optional<Network> network, Optional<InetAddress> address) {
    Optional<InetAddress> server =
        settings
            .get(PortalSettings.BOOTP_SERVER_ADDRESS)
            .or(() -> network.flatMap(Network::serverAddress))
            .or(() -> settings.get(PortalSettings.BIND_ADDRESS).filter(a -> !a.isAnyLocalAddress()))
            .or(() -> address.flatMap(BootNames::towards));
    return DeviceVariables.of(device, network, address, server);
  }

  /** Our own address on the way to another: connecting a datagram socket asks the routing table. */
  private static Optional<InetAddress> towards(InetAddress client) {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(client, ANY_PORT));
      return Optional.of(socket.getLocalAddress()).filter(a -> !a.isAnyLocalAddress());
    } catch (IOException | java.io.UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /**
   * @throws RefusedException {@code NO_PERMISSION} for whoever is served nothing at all
   */
  void requireServed(Client client) {
    refusal(client.device())
        .ifPresent(why -> {
          throw new RefusedException(Refusal.Kind.NO_PERMISSION, why);
        });
  }

  /** Why nothing is served; empty if it is. */
  Optional<String> refusal(Optional<Device> device) {
    if (device.isPresent()) {
      return device.get().enabled() ? Optional.empty() : Optional.of("The device is disabled");
    }
    return settings.get(PortalSettings.TFTP_READ) == TftpRead.DEVICES
        ? Optional.of("Only known devices are served")
        : Optional.empty();
  }

  /**
   * @see BootFiles#resolve
   */
  VirtualPath resolve(Client client, VirtualPath asked, RuleTrace trace) {
    return files.resolve(client.known(), asked, trace);
  }

  /** What was opened, and its path as it is spelled on the disk. */
  record Opened(VirtualPath path, BootFile file) {}

  /**
   * The list of a run under the name that was asked for or that the rules gave; else the file.
   *
   * @param anyCase whether the setting holds that upper and lower case are not told apart
   * @see BootFiles#open
   */
  Opened open(
      Client client, Optional<OpenRun> run, VirtualPath asked, VirtualPath path, boolean anyCase) {
    Optional<byte[]> list =
        run.flatMap(r ->
            BootRules.rendered(r.manifest, asked.relative())
                .or(() -> BootRules.rendered(r.manifest, path.relative())));
    if (list.isPresent()) {
      return new Opened(path, new BootFile.Rendered(list.get()));
    }
    try {
      return new Opened(path, files.open(client.known(), path));
    } catch (RefusedException e) {
      VirtualPath meant =
          Optional.of(e.refusal().kind())
              .filter(kind -> kind == Refusal.Kind.NO_SUCH_FILE && anyCase)
              .filter(kind -> settings.get(PortalSettings.TFTP_CASE_INSENSITIVE))
              .flatMap(kind -> ignoredCase.onlyMatch(path))
              .orElseThrow(() -> e);
      return new Opened(meant, files.open(client.known(), meant));
    }
  }

  BootFiles files() {
    return files;
  }
}
