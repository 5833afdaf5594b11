package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.portal.InstalledTool;
import org.slipway.portal.ListeningPorts;
import org.slipway.portal.NamespaceLab;

/**
 * The built client against servers that nobody here wrote, each on its own host at its usual port:
 * dnsmasq, bootpd, tftpd-hpa, and vsftpd on both.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
class OtherServersIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KNOWN_TO_DNSMASQ = "52:54:00:88:00:01";
  private static final String KNOWN_TO_BOOTPD = "52:54:00:88:00:02";
  private static final String KNOWN_TO_BOTH = "52:54:00:88:00:03";
  private static final String DNSMASQ = "192.0.2.1";
  private static final String BOOTPD = "198.51.100.1";
  private static final String LIST = "board.rc";
  private static final int LARGE = 3_000_000;
  private static final Pattern FINGERPRINT = Pattern.compile("--trust ([0-9A-F:]{95})");

  @TempDir private static Path folder;
  private NamespaceLab lab;
  private Path root;
  private Path uploads;
  private Path password;
  private int runs;

  private record Run(int exitCode, String output) {}

  @BeforeAll
  void connect() throws Exception {
    lab = new NamespaceLab();
    // All of them before anything is made: the package of vsftpd also brings a user.
    List.of("vsftpd", "dnsmasq", "bootpd", "in.tftpd", "openssl").forEach(InstalledTool::named);
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

  @AfterAll
  void disconnect() throws Exception {
    if (lab != null) {
      lab.close();
    }
  }

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  /** What the servers have; everybody may read it, and upload into one folder. */
  private void files() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    root = Files.createDirectory(folder.resolve("srv"));
    uploads = Files.createDirectory(root.resolve("up"));
    // The package of vsftpd makes this user, and anonymous logins are that user.
    UserPrincipal ftp =
        root.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("ftp");
    Files.setOwner(uploads, ftp);
    password = Files.writeString(folder.resolve("password"), "guest@example.org");
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

  private Run client(String host, String... arguments) throws Exception {
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

  private static void assertDone(Run run) {
    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  private Path local(String name) {
    return folder.resolve(name);
  }

  private Run provision(String server, Path into, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("provision", server, "--mac"));
    arguments.add(server.equals(BOOTPD) ? KNOWN_TO_BOOTPD : KNOWN_TO_DNSMASQ);
    arguments.addAll(List.of("--into", into.toString(), "--user", "anonymous"));
    arguments.addAll(List.of("--password-file", password.toString()));
    arguments.addAll(List.of(more));
    return client("device", arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    DNSMASQ + ",192.0.2.2,--jobs=1",
    DNSMASQ + ",192.0.2.2,--broadcast",
    BOOTPD + ",198.51.100.2,--jobs=3"
  })
  void aDeviceIsProvisioned(String server, String address, String option) throws Exception {
    Path into = local("provisioned-" + server + option);
    Path report = local("report-" + server + option);
    assertDone(provision(server, into, "--once", option, "--report=" + report));
    JsonNode result = JSON.readTree(report.toFile());
    assertThat(result.get("address").asText()).isEqualTo(address);
    assertThat(result.get("files")).hasSize(5);
    for (JsonNode file : result.get("files")) {
      Path path = Path.of(file.get("path").asText());
      assertThat(path)
          .startsWith(into)
          .hasSameBinaryContentAs(root.resolve(file.get("name").asText()));
      assertThat(file.get("verified").asBoolean())
          .isEqualTo(file.get("protocol").asText().equals("FTP"));
    }
  }

  @Test
  void aServerThatOffersTheSameFileForEverIs4AndNamed() throws Exception {
    Run run = provision(BOOTPD, local("for-ever"));
    assertThat(run.exitCode()).as(run.output()).isEqualTo(4);
    assertThat(run.output()).contains("again and again", "198.51.100.2");
  }

  @Test
  void aDeviceThatNobodyKnowsIs3() throws Exception {
    Run run =
        client(
            "device", "provision", BOOTPD, "--mac=52:54:00:88:00:99", "--into=" + local("unknown"));
    assertThat(run.exitCode()).as(run.output()).isEqualTo(3);
  }

  @Test
  void withoutAnAddressABroadcastIs1AndSaysWhatIsMissing() throws Exception {
    Run run =
        client(
            "bare",
            "provision",
            "255.255.255.255",
            "--mac=" + KNOWN_TO_BOTH,
            "--into=" + local("bare"));
    assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
    assertThat(run.output()).contains("No network interface", "IPv4 address");
  }

  @ParameterizedTest
  @CsvSource({
    DNSMASQ + ",1428,16",
    DNSMASQ + ",512,1",
    BOOTPD + ",1428,16",
    BOOTPD + ",512,1",
    BOOTPD + ",65464,4"
  })
  void aFileIsFetchedByTftp(String server, int blksize, int windowsize) throws Exception {
    Path local = local("tftp-%s-%d-%d".formatted(server, blksize, windowsize));
    assertDone(
        client(
            "device",
            "tftp",
            "get",
            server,
            "large",
            local.toString(),
            "--blksize=" + blksize,
            "--windowsize=" + windowsize));
    assertThat(local).hasBinaryContent(content(LARGE));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 1428, 2856, 700_001})
  void aFileIsSentByTftp(int size) throws Exception {
    Path from = Files.write(local("send-" + size), content(size));
    assertDone(client("device", "tftp", "put", BOOTPD, "up/t" + size, from.toString()));
    assertThat(uploads.resolve("t" + size)).hasBinaryContent(content(size));
  }

  @ParameterizedTest
  @ValueSource(strings = {DNSMASQ, BOOTPD})
  void aMissingFileIs4(String server) throws Exception {
    Run run = client("device", "tftp", "get", server, "none", local("none").toString());
    assertThat(run.exitCode()).as(run.output()).isEqualTo(4);
    assertThat(run.output()).contains("error 1");
    assertThat(local("none")).doesNotExist();
  }

  private Run ftp(List<String> options, String... commands) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("ftp", DNSMASQ, "--user", "anonymous"));
    arguments.addAll(List.of("--password-file", password.toString()));
    arguments.addAll(options);
    for (String command : commands) {
      arguments.addAll(List.of("-c", command));
    }
    return client("device", arguments.toArray(String[]::new));
  }

  @Test
  void filesGoThereAndBackByFtp() throws Exception {
    Path here = Files.createDirectory(local("ftp"));
    Files.write(here.resolve("f"), content(100_000));
    assertDone(
        ftp(
            List.of(),
            "lcd " + here,
            "put f up/there",
            "get up/there back",
            "mkdir up/d",
            "mv up/there up/d/moved",
            "ls -l up/d"));
    assertThat(here.resolve("back")).hasBinaryContent(content(100_000));
    assertThat(uploads.resolve("d/moved")).hasBinaryContent(content(100_000));
  }

  @Test
  void foldersAreMirroredBothWaysWithManyFilesAtOnce() throws Exception {
    Path here = Files.createDirectory(local("mirror"));
    assertDone(ftp(List.of("--jobs=3"), "lcd " + here, "mirror images", "mirror -R images up/m"));
    for (String name : List.of("rootfs.img", "deep/配置 1.cfg", "empty")) {
      assertThat(here.resolve("images").resolve(name))
          .hasSameBinaryContentAs(root.resolve("images").resolve(name));
      assertThat(uploads.resolve("m").resolve(name))
          .hasSameBinaryContentAs(root.resolve("images").resolve(name));
    }
    Run again = ftp(List.of(), "lcd " + here, "mirror images");
    assertDone(again);
    assertThat(again.output()).contains("0 files.");
  }

  @Test
  void whatIsThereInPartGoesOnBothWays() throws Exception {
    Path here = Files.createDirectory(local("resume"));
    byte[] whole = content(LARGE);
    Files.write(here.resolve("large"), Arrays.copyOf(whole, 1_000_000));
    assertDone(ftp(List.of(), "lcd " + here, "reget large", "put large up/part"));
    assertThat(here.resolve("large")).hasBinaryContent(whole);
    Files.write(uploads.resolve("part"), Arrays.copyOf(whole, 1_234_567));
    assertDone(ftp(List.of(), "lcd " + here, "reput large up/part"));
    assertThat(uploads.resolve("part")).hasBinaryContent(whole);
  }

  @Test
  void aSessionIsEncryptedAfterTheFingerprintWasNamed() throws Exception {
    Path here = Files.createDirectory(local("tls"));
    Run unknown = ftp(List.of("--tls"), "ls");
    assertThat(unknown.exitCode()).as(unknown.output()).isEqualTo(5);
    Matcher fingerprint = FINGERPRINT.matcher(unknown.output());
    assertThat(fingerprint.find()).as(unknown.output()).isTrue();
    assertDone(
        ftp(
            List.of("--tls", "--trust", fingerprint.group(1), "--jobs=2"),
            "lcd " + here,
            "get large",
            "put large up/encrypted",
            "mirror images"));
    assertThat(here.resolve("large")).hasBinaryContent(content(LARGE));
    assertThat(uploads.resolve("encrypted")).hasBinaryContent(content(LARGE));
    assertThat(here.resolve("images/rootfs.img"))
        .hasSameBinaryContentAs(root.resolve("images/rootfs.img"));
  }

  @Test
  void aLoginThatVsftpdDoesNotKnowIs7() throws Exception {
    Run run =
        client("device", "ftp", DNSMASQ, "--user=root", "--password-file=" + password, "-c", "ls");
    assertThat(run.exitCode()).as(run.output()).isEqualTo(7);
    assertThat(run.output()).contains("530");
  }

  @Test
  void whoeverAnswersIsDiscovered() throws Exception {
    Run run = client("device", "discover", "--mac=" + KNOWN_TO_BOTH, "--time=4", "--json");
    assertDone(run);
    List<String> found = new ArrayList<>();
    JSON.readTree(run.output())
        .forEach(s -> found.add(s.get("from").asText() + " " + s.get("protocol").asText()));
    assertThat(found).contains(DNSMASQ + " BOOTP", DNSMASQ + " DHCP", BOOTPD + " BOOTP");
  }
}
