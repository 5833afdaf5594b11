package org.slipway.client;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.slipway.accounts.AccessPolicy;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountEdit;
import org.slipway.accounts.Bandwidth;
import org.slipway.audit.Who;
import org.slipway.bootp.BootpListener;
import org.slipway.bootp.ServerAddress;
import org.slipway.certificates.ServerCertificate;
import org.slipway.certificates.ServerTls;
import org.slipway.ftp.FtpListener;
import org.slipway.leases.TftpRules;
import org.slipway.listeners.ListenerSupervisor;
import org.slipway.portal.FreePorts;
import org.slipway.portal.PortalParts;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.Manifest;
import org.slipway.provisioning.ManifestDraft;
import org.slipway.tftp.RequestJournal;
import org.slipway.tftp.TftpListener;

/** The real portal without its container: its three listeners on free ports of loopback. */
final class ServingPortal implements AutoCloseable {
  static final String MAC = "52:54:00:ab:cd:ef";
  static final String USER = "lab";
  static final String PASSWORD = "correct horse battery";
  static final String MANIFEST = "sw-01";

  private final Map<String, String> values = new HashMap<>();
  private final List<Manifest.Step> steps = new ArrayList<>();
  private final List<Manifest.ListedFile> files = new ArrayList<>();
  final PortalParts parts;
  private final Account account;
  private final ListenerSupervisor supervisor;

  ServingPortal(Path folder) throws IOException {
    this(folder, "127.0.0.1");
  }

  /**
   * @param address that it is bound to
   */
  ServingPortal(Path folder, String address) throws IOException {
    values.put("slipway.bind.address", address);
    values.put("slipway.bootp.port", "" + FreePorts.next());
    values.put("slipway.tftp.port", "" + FreePorts.next());
    values.put("slipway.ftp.port", "" + FreePorts.next());
    parts = PortalParts.open(folder, Clock.systemUTC(), values);
    account = parts.user(USER, PASSWORD, Optional.empty());
    Files.createDirectories(listedPath(""));
    supervisor =
        new ListenerSupervisor(
            List.of(
                new BootpListener(
                    parts.settings,
                    new ServerAddress(parts.settings),
                    parts.sequence,
                    parts.threads),
                new TftpListener(
                    parts.settings,
                    parts.content,
                    parts.uploads,
                    parts.transfers,
                    new RequestJournal(parts.transfers),
                    parts.threads),
                new FtpListener(
                    parts.settings,
                    parts.threads,
                    parts.login,
                    parts.sessions,
                    parts.authorization,
                    parts.areas,
                    parts.transfers,
                    parts.traffic,
                    parts.audit,
                    parts.clock,
                    new ServerTls(
                        new ServerCertificate(parts.settings, parts.audit, parts.clock)))),
            parts.threads,
            parts.clock);
    supervisor.startEnabled();
  }

  /** Of the device {@link #MAC}, over loopback. */
  ProvisionRequest provisionRequest() {
    return new ProvisionRequest(
        InetAddress.ofLiteral("127.0.0.1"),
        false,
        false,
        new MacAddressConverter().convert(MAC),
        Optional.empty(),
        bootpPort(),
        OptionalInt.of(0),
        tftpPort(),
        ftpPort(),
        Optional.empty(),
        1);
  }

  void stop(String protocol) {
    supervisor.stop(protocol);
  }

  void start(String protocol) {
    supervisor.start(protocol);
  }

  /** Of the account, in bytes; empty is unlimited. */
  void quota(Optional<Long> bytes) {
    parts.accounts.change(
        USER,
        OptionalLong.empty(),
        a -> AccountEdit.of(a).quota(bytes, Optional.empty()).account(),
        Who.SYSTEM);
  }

  /** Of the account, each way, in bytes a second; empty is unlimited. */
  void bandwidth(Optional<Long> bytes) {
    parts.accounts.change(
        USER,
        OptionalLong.empty(),
        a ->
            AccountEdit.of(a)
                .access(List.of(), AccessPolicy.EMPTY.with(new Bandwidth(bytes, bytes)))
                .account(),
        Who.SYSTEM);
  }

  /** HOST:PORT */
  String ftp() {
    return "127.0.0.1:" + values.get("slipway.ftp.port");
  }

  /** A boot file, which is also the next step. */
  ServingPortal step(String name, byte[] content) throws IOException {
    write(parts.settings.bootDirectory().resolve(name), content);
    steps.add(new Manifest.Step(name));
    return this;
  }

  /** A file in the account's home, which is also listed. */
  ServingPortal listed(String name, byte[] content) throws IOException {
    replaceListed(name, content);
    files.add(new Manifest.ListedFile("key-" + files.size(), name, Optional.empty()));
    return this;
  }

  /** Other content, behind the manifest's back. */
  void replaceListed(String name, byte[] content) throws IOException {
    write(listedPath(name), content);
  }

  Path listedPath(String name) {
    return parts.settings.homesDirectory().resolve(account.id().toString()).resolve(name);
  }

  private static void write(Path path, byte[] content) throws IOException {
    Files.createDirectories(path.getParent());
    Files.write(path, content);
  }

  /** Makes the manifest of all that, with the list as its last step, and gives it to the device. */
  ServingPortal device(String address) {
    return devices(1, address);
  }

  /** As many devices, with the addresses that follow. */
  ServingPortal devices(int count, String firstAddress) {
    steps.add(new Manifest.Step(MANIFEST + ".rc"));
    parts.manifests.put(
        new ManifestDraft(
            MANIFEST,
            "",
            Optional.of(USER),
            Manifest.Advance.DELIVERY,
            Manifest.End.SILENCE,
            Manifest.Rearm.SILENCE,
            Optional.empty(),
            steps,
            files),
        OptionalLong.empty(),
        Who.SYSTEM);
    know(count, firstAddress);
    return this;
  }

  /** Those that have the manifest, from the first one on, in place of what is known of them. */
  void know(int count, String firstAddress) {
    SimulatedDevice.range(
            new MacAddressConverter().convert(MAC), Inet4Address.ofLiteral(firstAddress), count)
        .forEach(this::know);
  }

  private void know(SimulatedDevice device) {
    parts.devices.put(
        new Device(
            new HardwareAddress(MacAddressConverter.spelt(device.hardware())),
            "switch",
            Optional.of(device.address()),
            Optional.of(MANIFEST),
            Optional.empty(),
            true,
            Map.of(),
            Map.of(),
            TftpRules.NONE,
            0),
        OptionalLong.empty(),
        Who.SYSTEM);
  }

  int bootpPort() {
    return port("bootp");
  }

  int tftpPort() {
    return port("tftp");
  }

  int ftpPort() {
    return port("ftp");
  }

  private int port(String protocol) {
    return Integer.parseInt(values.get("slipway." + protocol + ".port"));
  }

  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("provision", "127.0.0.1", "--mac", MAC));
    arguments.addAll(ports());
    return arguments;
  }

  /** As options. */
  List<String> ports() {
    return List.of(
        "--client-port=0",
        "--bootp-port=" + values.get("slipway.bootp.port"),
        "--tftp-port=" + values.get("slipway.tftp.port"),
        "--ftp-port=" + values.get("slipway.ftp.port"));
  }

  @Override
  public void close() {
    supervisor.stopAll();
    parts.close();
  }
}
