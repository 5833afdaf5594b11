package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slipway.accounts.AccountStatus;
import org.slipway.audit.Who;

/** A few devices walk their sequences at the real portal. */
class SimulateCommandTest {
  private static final int KNOWN = 6;

  @TempDir private Path scratch;
  private ServingPortal portal;
  private byte[] kernel;
  private byte[] rootfs;

  @BeforeEach
  void open() throws Exception {
    Files.writeString(scratch.resolve("password"), ServingPortal.PASSWORD);
    portal = new ServingPortal(Files.createDirectory(scratch.resolve("portal")));
    kernel = content(70_000);
    rootfs = content(30_001);
    portal.step("kernel.img", kernel).listed("images/rootfs.img", rootfs);
    portal.devices(KNOWN, "127.0.9.1");
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  private CommandRun simulate(int count, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("simulate", "127.0.0.1", "--mac", ServingPortal.MAC));
    arguments.addAll(portal.ports());
    arguments.add("--count=" + count);
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments);
  }

  private String[] withUser(String... more) {
    return Stream.concat(
            Stream.of(
                "--user=" + ServingPortal.USER, "--password-file=" + scratch.resolve("password")),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private static JsonNode json(CommandRun run) throws Exception {
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void allOfThemAreDoneAndCounted() throws Exception {
    CommandRun run = simulate(KNOWN, withUser("--json"));
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).as(run.out()).isZero();
    JsonNode report = json(run);
    assertThat(report.get("done").asInt()).isEqualTo(KNOWN);
    assertThat(report.get("files").asInt()).isEqualTo(KNOWN * 4);
    assertThat(report.get("bytes").asLong()).isGreaterThan(KNOWN * 100_001L);
    assertThat(report.get("times").properties())
        .extracting(java.util.Map.Entry::getKey)
        .containsExactly("firstAnswer", "tftp", "ftp", "device");
    assertThat(report.get("times").get("device").get("max").asDouble())
        .isGreaterThanOrEqualTo(report.get("times").get("device").get("p50").asDouble());
  }

  @Test
  void nothingIsKeptUnlessItIsAskedFor() throws Exception {
    Path into = scratch.resolve("devices");
    CommandRun run = simulate(2, withUser("--into=" + into, "--parallel=1", "--ramp=0"));
    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(into.resolve("52-54-00-ab-cd-ef/kernel.img")).hasBinaryContent(kernel);
    assertThat(into.resolve("52-54-00-ab-cd-f0/images/rootfs.img")).hasBinaryContent(rootfs);
    assertThat(run.out()).contains("2 devices: 2 done, 0 failed.", "8 files whole (4 of each");
  }

  @Test
  void startsAreSpreadAndFewAreOnTheirWayAtOnce() throws Exception {
    JsonNode report = json(simulate(2, "--json", "--ramp=2"));
    // The second of two begins after half of the time.
    assertThat(report.get("seconds").asDouble()).isGreaterThan(1);
    assertThat(report.get("times").get("device").get("max").asDouble())
        .isLessThan(report.get("seconds").asDouble());
  }

  @Test
  void withoutAnAccountListedFilesAreLeftAlone() {
    CommandRun run = simulate(2);
    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(run.out())
        .contains("6 files whole", "2 devices left their listed files alone")
        .doesNotContain("\nFTP");
  }

  @Test
  void aDeviceThatTheServerDoesNotKnowIsReportedAsUnanswered() throws Exception {
    CommandRun run = simulate(KNOWN + 2, withUser());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .contains(
            "8 devices: 6 done, 2 failed.",
            "2 failed: nobody answered",
            "52:54:00:ab:cd:f5: Nobody answered");
  }

  @Test
  void reasonsAreCountedAndTheFirstClassIsTheExitCode() throws Exception {
    Files.delete(portal.listedPath("images/rootfs.img"));
    CommandRun run = simulate(KNOWN + 2, withUser("--json"));
    assertThat(run.exitCode()).isEqualTo(3);
    JsonNode failures = json(run).get("failures");
    assertThat(failures).hasSize(2);
    assertThat(failures.get(0).get("outcome").asText()).isEqualTo("FTP_FAILED");
    assertThat(failures.get(0).get("devices").asInt()).isEqualTo(KNOWN);
    assertThat(failures.get(0).get("reason").asText()).contains("550");
    assertThat(failures.get(1).get("outcome").asText()).isEqualTo("NOBODY_ANSWERED");
  }

  @Test
  void aStepOfAnAddressThatThisMachineHasNotIs4() {
    portal.know(1, "192.0.2.77");
    CommandRun run = simulate(1);
    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.out()).contains("1 failed: TFTP: ", "again and again").contains("192.0.2.77");
  }

  @Test
  void aFileThatIsGoneIs5() throws Exception {
    Files.delete(portal.listedPath("images/rootfs.img"));
    CommandRun run = simulate(2, withUser());
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.out()).contains("2 failed: FTP: ", "550");
  }

  @Test
  void aFileChangedBehindTheManifestsBackIs6() throws Exception {
    portal.replaceListed("images/rootfs.img", "changed".getBytes(StandardCharsets.UTF_8));
    CommandRun run = simulate(2, withUser());
    assertThat(run.exitCode()).isEqualTo(6);
    assertThat(run.out()).contains("2 failed: checksum mismatch");
  }

  @Test
  void aSuspendedAccountIs7() {
    portal.parts.accounts.setStatus(
        ServingPortal.USER, AccountStatus.SUSPENDED, Optional.of("test"), Who.SYSTEM);
    CommandRun run = simulate(2, withUser());
    assertThat(run.exitCode()).isEqualTo(7);
    assertThat(run.out()).contains("2 failed: refused: ", "530");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--count=0; --count is 0; allowed is 1 to 100000",
        "--count=many; many",
        "--parallel=0; --parallel is 0",
        "--loss=91; --loss is 91; allowed is 0 to 90",
        "--ramp=-1; --ramp is -1",
        "--from=router; \"router\" is no IPv4 address",
        "--from=192.0.2.200; no address 192.0.2.200",
        "--from=127.255.255.250; beyond 127.255.255.254",
        "--mac=ff:ff:ff:ff:ff:fc; beyond ff:ff:ff:ff:ff:ff",
        "--mac=xyz; \"xyz\" is no Ethernet address",
      })
  void wrongUsageIs2(String option, String explanation) {
    List<String> arguments = new ArrayList<>(List.of("simulate", "127.0.0.1"));
    for (String usual : List.of("--mac=52:54:00:ab:cd:ef", "--count=6")) {
      if (!usual.startsWith(option.substring(0, option.indexOf('=')))) {
        arguments.add(usual);
      }
    }
    arguments.add(option);
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
    assertThat(run.err()).contains(explanation);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aServerElsewhereNeedsAddressesOfThisMachine() {
    CommandRun run =
        CommandRun.of(List.of("simulate", "192.0.2.1", "--mac=52:54:00:ab:cd:ef", "--count=2"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--from");
  }

  @Test
  void anUnknownHostIsNamed() {
    CommandRun run =
        CommandRun.of(
            List.of("simulate", "nowhere.invalid", "--mac=52:54:00:ab:cd:ef", "--count=2"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("There is no host of the name \"nowhere.invalid\".");
  }
}
