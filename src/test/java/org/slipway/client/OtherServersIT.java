package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slipway.client.OtherServers.BOOTPD;
import static org.slipway.client.OtherServers.DNSMASQ;
import static org.slipway.client.OtherServers.KNOWN_TO_BOOTPD;
import static org.slipway.client.OtherServers.KNOWN_TO_BOTH;
import static org.slipway.client.OtherServers.KNOWN_TO_DNSMASQ;
import static org.slipway.client.OtherServers.LARGE;
import static org.slipway.client.OtherServers.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import org.slipway.client.OtherServers.Run;

/** The built client against servers that nobody here wrote. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
class OtherServersIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern FINGERPRINT = Pattern.compile("--trust ([0-9A-F:]{95})");

  @TempDir private static Path folder;
  private OtherServers servers;

  @BeforeAll
  void connect() throws Exception {
    servers = new OtherServers(folder);
  }

  @AfterAll
  void disconnect() throws Exception {
    if (servers != null) {
      servers.close();
    }
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
    arguments.addAll(List.of("--password-file", servers.password.toString()));
    arguments.addAll(List.of(more));
    return servers.client("device", arguments.toArray(String[]::new));
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
          .hasSameBinaryContentAs(servers.root.resolve(file.get("name").asText()));
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
        servers.client(
            "device", "provision", BOOTPD, "--mac=52:54:00:88:00:99", "--into=" + local("unknown"));
    assertThat(run.exitCode()).as(run.output()).isEqualTo(3);
  }

  @Test
  void withoutAnAddressABroadcastIs1AndSaysWhatIsMissing() throws Exception {
    Run run =
        servers.client(
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
        servers.client(
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
    assertDone(servers.client("device", "tftp", "put", BOOTPD, "up/t" + size, from.toString()));
    assertThat(servers.uploads.resolve("t" + size)).hasBinaryContent(content(size));
  }

  @ParameterizedTest
  @ValueSource(strings = {DNSMASQ, BOOTPD})
  void aMissingFileIs4(String server) throws Exception {
    Run run = servers.client("device", "tftp", "get", server, "none", local("none").toString());
    assertThat(run.exitCode()).as(run.output()).isEqualTo(4);
    assertThat(run.output()).contains("error 1");
    assertThat(local("none")).doesNotExist();
  }

  private Run ftp(List<String> options, String... commands) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("ftp", DNSMASQ, "--user", "anonymous"));
    arguments.addAll(List.of("--password-file", servers.password.toString()));
    arguments.addAll(options);
    for (String command : commands) {
      arguments.addAll(List.of("-c", command));
    }
    return servers.client("device", arguments.toArray(String[]::new));
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
    assertThat(servers.uploads.resolve("d/moved")).hasBinaryContent(content(100_000));
  }

  @Test
  void foldersAreMirroredBothWaysWithManyFilesAtOnce() throws Exception {
    Path here = Files.createDirectory(local("mirror"));
    assertDone(ftp(List.of("--jobs=3"), "lcd " + here, "mirror images", "mirror -R images up/m"));
    for (String name : List.of("rootfs.img", "deep/配置 1.cfg", "empty")) {
      assertThat(here.resolve("images").resolve(name))
          .hasSameBinaryContentAs(servers.root.resolve("images").resolve(name));
      assertThat(servers.uploads.resolve("m").resolve(name))
          .hasSameBinaryContentAs(servers.root.resolve("images").resolve(name));
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
    Files.write(servers.uploads.resolve("part"), Arrays.copyOf(whole, 1_234_567));
    assertDone(ftp(List.of(), "lcd " + here, "reput large up/part"));
    assertThat(servers.uploads.resolve("part")).hasBinaryContent(whole);
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
    assertThat(servers.uploads.resolve("encrypted")).hasBinaryContent(content(LARGE));
    assertThat(here.resolve("images/rootfs.img"))
        .hasSameBinaryContentAs(servers.root.resolve("images/rootfs.img"));
  }

  @Test
  void aLoginThatVsftpdDoesNotKnowIs7() throws Exception {
    Run run =
        servers.client(
            "device",
            "ftp",
            DNSMASQ,
            "--user=root",
            "--password-file=" + servers.password,
            "-c",
            "ls");
    assertThat(run.exitCode()).as(run.output()).isEqualTo(7);
    assertThat(run.output()).contains("530");
  }

  @Test
  void whoeverAnswersIsDiscovered() throws Exception {
    Run run = servers.client("device", "discover", "--mac=" + KNOWN_TO_BOTH, "--time=4", "--json");
    assertDone(run);
    List<String> found = new ArrayList<>();
    JSON.readTree(run.output())
        .forEach(s -> found.add(s.get("from").asText() + " " + s.get("protocol").asText()));
    assertThat(found).contains(DNSMASQ + " BOOTP", DNSMASQ + " DHCP", BOOTPD + " BOOTP");
  }
}
