package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.slipway.client.OtherServers.Run;
import org.slipway.portal.InstalledTool;
import org.slipway.portal.ListeningPorts;
import org.slipway.portal.NamespaceLab;

/**
 * Servers that nobody here wrote, each on its own host at its usual port: dnsmasq on one, bootpd
 * and tftpd-hpa on another, vsftpd on both; and a device with a cable to each.
 */
final class OtherServers implements AutoCloseable {
  static final String KNOWN_TO_DNSMASQ = "52:54:00:88:00:01";
  static final String KNOWN_TO_BOOTPD = "52:54:00:88:00:02";
  static final String KNOWN_TO_BOTH = "52:54:00:88:00:03";
  static final String DNSMASQ = "192.0.2.1";
  static final String BOOTPD = "198.51.100.1";

  /** Of the file of that name. */
  static final int LARGE = 3_000_000;

  private static final String LIST = "board.rc";

  private final Path folder;
  private final NamespaceLab lab;
  private int runs;

  /** Folder that all of them serve. */
  final Path root;

  /** Folder in it that may be written to. */
  final Path uploads;

  /** File with a password that anonymous logins may use. */
  final Path password;

  record Run(int exitCode, String output) {}

  /**
   * @param folder for everything that the servers need
   */
  OtherServers(Path folder) throws Exception {
    this.folder = folder;
    root = folder.resolve("srv");
    uploads = root.resolve("up");
    password = folder.resolve("password");
    lab = new NamespaceLab();
    // All of them before anything is made: the package of vsftpd also brings a user.
    List.of("vsftpd", "dnsmasq", "bootpd", "in.tftpd", "openssl").forEach(InstalledTool::named);
    try {
      connect();
    } catch (Exception | AssertionError e) {
      lab.close();
      throw e;
    }
  }

  private void connect() throws Exception {
    files();
    for (String host : List.of("masq", "bootp", "device", "bare")) {
      lab.host(host);
    }
    cable("masq", DNSMASQ, "eth0", "192.0.2.2");
    cable("bootp", BOOTPD, "eth1", "198.51.100.2");
    lab.cable("bare", "eth0", "masq", "eth9");
    vsftpd("masq");
    vsftpd("bootp");
    dnsmasq();
    bootpd();
    tftpd();
  }

  private void cable(String host, String address, String port, String client) throws Exception {
    lab.cable(host, "eth0", "device", port);
    // bootpd broadcasts to where the interface says.
    lab.address(host, "eth0", address + "/24 brd +");
    lab.address("device", port, client + "/24");
  }

  static byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  /** What the servers have; everybody may read it, and upload into one folder. */
  private void files() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectory(root);
    Files.createDirectory(uploads);
    // The package of vsftpd makes this user, and anonymous logins are that user.
    UserPrincipal ftp =
        root.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("ftp");
    Files.setOwner(uploads, ftp);
    Files.writeString(password, "guest@example.org");
    Files.write(root.resolve("large"), content(LARGE));
    Files.createDirectories(root.resolve("images/deep"));
    List<String> sums = new ArrayList<>();
    StringBuilder list = new StringBuilder("# slipway manifest board version 1\n");
    for (String name : List.of("images/rootfs.img", "images/deep/配置 1.cfg", "images/empty")) {
      byte[] bytes = content(name.endsWith("empty") ? 0 : 400_000 + name.length());
      Files.write(root.resolve(name), bytes);
      list.append("key-").append(sums.size()).append(": ").append(name).append('\n');
      sums.add(Checksums.of(root.resolve(name)) + "  " + name);
    }
    Files.writeString(root.resolve(LIST), list);
    Files.write(root.resolve(LIST + ".sha256"), sums);
  }

  private void vsftpd(String host) throws Exception {
    Path configuration = folder.resolve("vsftpd-" + host + ".conf");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Path key = folder.resolve("key.pem");
    Path certificate = folder.resolve("certificate.pem");
    if (!Files.exists(key)) {
      List<String> request = new ArrayList<>();
      request.add(InstalledTool.named("openssl").toString());
      request.addAll(List.of("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"));
      request.addAll(List.of("-subj", "/CN=vsftpd.example", "-keyout", key.toString()));
      request.addAll(List.of("-out", certificate.toString()));
      lab.output(host, request);
    }
    Files.writeString(
        configuration,
        """
        listen=YES
        background=NO
        seccomp_sandbox=NO
        isolate=NO
        isolate_network=NO
        secure_chroot_dir=%s
        anonymous_enable=YES
        local_enable=NO
        anon_root=%s
        anon_umask=022
        anon_world_readable_only=NO
        write_enable=YES
        anon_upload_enable=YES
        anon_mkdir_write_enable=YES
        anon_other_write_enable=YES
        xferlog_enable=NO
        ssl_enable=YES
        allow_anon_ssl=YES
        require_ssl_reuse=YES
        ssl_ciphers=HIGH
        rsa_cert_file=%s
        rsa_private_key_file=%s
        """
            .formatted(empty, root, certificate, key));
    serve(host, "tcp/21", InstalledTool.named("vsftpd"), configuration.toString());
  }

  private void dnsmasq() throws Exception {
    serve(
        "masq",
        "udp/69",
        InstalledTool.named("dnsmasq"),
        "--keep-in-foreground",
        "--conf-file=/dev/null",
        "--pid-file=",
        "--log-facility=-",
        "--user=nobody",
        "--port=0",
        "--interface=eth0",
        "--bind-interfaces",
        "--no-ping",
        "--dhcp-leasefile=" + folder.resolve("leases"),
        "--dhcp-range=192.0.2.100,192.0.2.199,1h",
        "--dhcp-host=" + KNOWN_TO_DNSMASQ + ",192.0.2.2",
        "--dhcp-host=" + KNOWN_TO_BOTH + ",192.0.2.3",
        "--dhcp-boot=" + LIST + ",masq," + DNSMASQ,
        "--enable-tftp",
        "--tftp-root=" + root);
  }

  private void bootpd() throws Exception {
    Path table =
        Files.writeString(
            folder.resolve("bootptab"),
            line("board", KNOWN_TO_BOOTPD, 2) + line("other", KNOWN_TO_BOTH, 3));
    serve(
        "bootp",
        "udp/67",
        InstalledTool.named("bootpd"),
        "-s",
        "-d",
        "4",
        table.toString(),
        folder.resolve("bootpd.dump").toString());
  }

  private static String line(String name, String mac, int address) {
    return "%s:ht=1:ha=%s:ip=198.51.100.%d:sm=255.255.255.0:sa=%s:bf=%s:vm=rfc1048%n"
        .formatted(name, mac.replace(":", ""), address, BOOTPD, LIST);
  }

  private void tftpd() throws Exception {
    serve(
        "bootp",
        "udp/69",
        InstalledTool.named("in.tftpd"),
        "--foreground",
        "--listen",
        "--ipv4",
        "--address=" + BOOTPD + ":69",
        "--user=ftp",
        "--create",
        "--permissive",
        "--secure",
        root.toString());
  }

  /** Starts a server, and waits until its port is open. */
  private void serve(String host, String port, Path program, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(options));
    Path said = folder.resolve(program.getFileName() + "-" + host + ".log");
    Process server = lab.start(host, said, command);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!server.isAlive() || !ListeningPorts.of(server.pid()).contains(port)) {
      assertThat(server.isAlive() && System.nanoTime() < deadline)
          .as("%s on %s: %s", program, port, Files.readString(said))
          .isTrue();
      Thread.onSpinWait();
    }
  }

  /** Runs the built client on a host. */
  Run client(String host, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("env"));
    command.add("XDG_CONFIG_HOME=" + folder.resolve("config"));
    command.add("XDG_CACHE_HOME=" + folder.resolve("cache"));
    command.add(Path.of("deploy/slipway-client").toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    Path output = folder.resolve("run-" + runs++ + ".txt");
    Process process = lab.start(host, output, command);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(Files.readString(output)).isTrue();
    return new Run(process.exitValue(), Files.readString(output));
  }

  @Override
  public void close() throws Exception {
    lab.close();
  }
}
