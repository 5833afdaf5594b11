package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slipway.client.StubPortal.sha256;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole flow against servers of the test, and every exit code. */
class ProvisionCommandTest {
  private static final byte[] IMAGE = new byte[100_000];

  @TempDir private Path scratch;
  private Path into;
  private Path password;

  @BeforeEach
  void prepare() throws IOException {
    new Random(7).nextBytes(IMAGE);
    into = scratch.resolve("device");
    password = Files.writeString(scratch.resolve("password"), FtpStub.PASSWORD + "\n");
  }

  private CommandRun provision(StubPortal portal, String... more) {
    List<String> arguments = new ArrayList<>(portal.arguments());
    arguments.addAll(List.of("--into", into.toString()));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments);
  }

  private CommandRun provisionAsUser(StubPortal portal, String... more) {
    List<String> options = new ArrayList<>(List.of("--user", FtpStub.USER));
    options.addAll(List.of("--password-file", password.toString()));
    options.addAll(List.of(more));
    return provision(portal, options.toArray(String[]::new));
  }

  private List<String> left() throws IOException {
    try (Stream<Path> tree = Files.walk(into)) {
      return tree.filter(Files::isRegularFile)
          .map(file -> into.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static StubPortal wholeStory() throws IOException {
    return new StubPortal("boot/loader.bin", "sw.rc")
        .boot("boot/loader.bin", "loader".repeat(1000))
        .home("images/rootfs.img", IMAGE)
        .home("配置 文件.cfg", "hostname sw-01\n".getBytes(StandardCharsets.UTF_8))
        .home("empty", new byte[0])
        .list("sw.rc");
  }

  @Test
  void bringsEveryFile() throws Exception {
    try (StubPortal portal = wholeStory()) {
      CommandRun run = provisionAsUser(portal);
      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      assertThat(left())
          .containsExactly(
              "boot/loader.bin",
              "empty",
              "images/rootfs.img",
              "sw.rc",
              "sw.rc.sha256",
              "配置 文件.cfg");
      assertThat(into.resolve("images/rootfs.img")).hasBinaryContent(IMAGE);
      assertThat(run.out()).contains(sha256(IMAGE), "100,000", "Done: 6 files");
      assertThat(portal.tftp().clients())
          .allMatch(client -> client.getAddress().getHostAddress().equals(StubPortal.ADDRESS));
    }
  }

  @Test
  void saysItToMachinesAsJson() throws Exception {
    try (StubPortal portal = wholeStory()) {
      CommandRun run = provisionAsUser(portal, "--json");
      JsonNode report = new ObjectMapper().readTree(run.out());
      assertThat(report.get("outcome").asText()).isEqualTo("DONE");
      assertThat(report.get("exitCode").asInt()).isZero();
      assertThat(report.get("address").asText()).isEqualTo(StubPortal.ADDRESS);
      assertThat(report.get("list").asText()).isEqualTo("sw.rc");
      JsonNode image = report.get("files").get(4);
      assertThat(image.get("name").asText()).isEqualTo("images/rootfs.img");
      assertThat(image.get("path").asText())
          .isEqualTo(into.toRealPath().resolve("images/rootfs.img").toString());
      assertThat(image.get("protocol").asText()).isEqualTo("FTP");
      assertThat(image.get("bytes").asLong()).isEqualTo(IMAGE.length);
      assertThat(image.get("sha256").asText()).isEqualTo(sha256(IMAGE));
      assertThat(image.get("verified").asBoolean()).isTrue();
    }
  }

  @Test
  void asksWithANewXidForEachStep() throws Exception {
    try (StubPortal portal = wholeStory()) {
      provisionAsUser(portal);
      // Two steps, and one question that nobody answers, which is asked three times.
      List<Integer> xids = portal.bootp().requests().stream().map(r -> r.xid()).toList();
      assertThat(xids).hasSize(5);
      assertThat(xids.stream().distinct()).hasSize(3);
      assertThat(xids.subList(2, 5).stream().distinct()).hasSize(1);
    }
  }

  @Test
  void needsNoUserWithoutAList() throws Exception {
    try (StubPortal portal = new StubPortal("a.bin").boot("a.bin", "a")) {
      assertThat(provision(portal).exitCode()).isZero();
      assertThat(left()).containsExactly("a.bin");
    }
  }

  @Test
  void asksOnceWhereOneStepIsEnough() throws Exception {
    try (StubPortal portal = new StubPortal("a.bin", "b.bin").boot("a.bin", "a")) {
      portal.expectAt("192.0.2.9");
      CommandRun run = provision(portal, "--once");
      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      assertThat(left()).containsExactly("a.bin");
      assertThat(portal.bootp().requests()).hasSize(1);
    }
  }

  @Test
  void endsWhenAnAnswerNamesNoFile() throws Exception {
    try (StubPortal portal = new StubPortal("")) {
      CommandRun run = provision(portal);
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains(StubPortal.ADDRESS, "Done: 0 files");
    }
  }

  @Test
  void anotherFailureIs1() throws Exception {
    try (StubPortal portal = new StubPortal("a.bin").boot("a.bin", "a")) {
      CommandRun run = provision(portal, "--list", "b.rc");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("b.rc", "--list");
    }
  }

  @Test
  void aFolderThatCannotBeUsedIs1() throws Exception {
    Files.writeString(into, "a file");
    try (StubPortal portal = new StubPortal("a.bin")) {
      CommandRun run = provision(portal);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("--into");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--bootp-port=0",
        "--mac=52:54:00",
        "--unknown",
        "--password-env=NO_SUCH_VARIABLE",
        "--password-file=/no/such/file",
        "--user=nobody-to-ask-for-a-password"
      })
  void wrongUsageIs2(String option) throws Exception {
    try (StubPortal portal = new StubPortal("a.bin")) {
      assertThat(provision(portal, option).exitCode()).isEqualTo(2);
      assertThat(portal.bootp().requests()).isEmpty();
    }
  }

  @Test
  void aListWithoutUserIs2AndNamesTheList() throws Exception {
    try (StubPortal portal = wholeStory()) {
      CommandRun run = provision(portal);
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("list \"sw.rc\"", "login", "--user", "--password-file");
    }
  }

  @Test
  void nobodyAnsweringIs3() throws Exception {
    try (StubPortal portal = new StubPortal()) {
      CommandRun run = provision(portal);
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err()).contains("Nobody answered", StubPortal.MAC).hasLineCount(1);
    }
  }

  @Test
  void aMissingStepIs4() throws Exception {
    try (StubPortal portal = new StubPortal("a.bin")) {
      CommandRun run = provision(portal, "--json");
      assertThat(run.exitCode()).isEqualTo(4);
      assertThat(run.err()).contains("a.bin", "error 1");
      JsonNode report = new ObjectMapper().readTree(run.out());
      assertThat(report.get("outcome").asText()).isEqualTo("TFTP_FAILED");
      assertThat(report.get("error").asText()).isEqualTo(run.err().strip());
      assertThat(left()).isEmpty();
    }
  }

  @Test
  void aStepOfferedThreeTimesAfterItWasFetchedIs4() throws Exception {
    try (StubPortal portal = new StubPortal("a.bin").boot("a.bin", "a")) {
      portal.expectAt("192.0.2.9");
      CommandRun run = provision(portal);
      assertThat(run.exitCode()).isEqualTo(4);
      assertThat(run.err()).contains("192.0.2.9", "a.bin");
      assertThat(portal.tftp().requests()).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../evil", "//etc/evil", "/../evil", "a/../../evil", "a\\evil", "a\u0007evil"})
  void aStepThatWouldLeaveTheFolderIs4(String name) throws Exception {
    try (StubPortal portal = new StubPortal(name).boot(name, "evil")) {
      CommandRun run = provision(portal);
      assertThat(run.exitCode()).isEqualTo(4);
      assertThat(run.err()).contains("refused").doesNotContain("\u0007");
      assertThat(left()).isEmpty();
      assertThat(scratch.resolve("evil")).doesNotExist();
    }
  }

  @Test
  void anAbsoluteStepIsPutIntoTheFolder() throws Exception {
    try (StubPortal portal =
        new StubPortal("/boot/sw.rc").boot("/boot/sw.rc", "key: f\n").home("f", IMAGE)) {
      portal.boot("/boot/sw.rc.sha256", sha256(IMAGE) + "  f\n");
      CommandRun run = provisionAsUser(portal, "--list=/boot/sw.rc");
      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      assertThat(left()).containsExactly("boot/sw.rc", "boot/sw.rc.sha256", "f");
      assertThat(run.out()).contains("checksum right");
    }
  }

  @Test
  void aListedFileThatWouldLeaveTheFolderIs5() throws Exception {
    try (StubPortal portal = new StubPortal("sw.rc").boot("sw.rc", "key: ../evil\n")) {
      CommandRun run = provisionAsUser(portal);
      assertThat(run.exitCode()).isEqualTo(5);
      assertThat(run.err()).contains("line 1", "../evil");
    }
  }

  @Test
  void aMissingListedFileIs5() throws Exception {
    try (StubPortal portal = wholeStory()) {
      portal.home.remove("images/rootfs.img");
      CommandRun run = provisionAsUser(portal);
      assertThat(run.exitCode()).isEqualTo(5);
      assertThat(run.err()).contains("images/rootfs.img", "550");
      assertThat(left()).doesNotContain("images/rootfs.img");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HALF_A_FILE", "ABORTED"})
  void halfAFileIs5AndDoesNotStay(FtpStub.Fault fault) throws Exception {
    try (StubPortal portal = new StubPortal(fault, "sw.rc").home("image", IMAGE).list("sw.rc")) {
      CommandRun run = provisionAsUser(portal);
      assertThat(run.exitCode()).isEqualTo(5);
      assertThat(left()).containsExactly("sw.rc", "sw.rc.sha256");
    }
  }

  @Test
  void aWrongChecksumIs6AndTheFileDoesNotStay() throws Exception {
    try (StubPortal portal = wholeStory()) {
      portal.home("images/rootfs.img", "another image".getBytes(StandardCharsets.UTF_8));
      CommandRun run = provisionAsUser(portal);
      assertThat(run.exitCode()).isEqualTo(6);
      assertThat(run.err()).contains("images/rootfs.img", sha256(IMAGE));
      assertThat(left()).containsExactly("boot/loader.bin", "empty", "sw.rc", "sw.rc.sha256");
    }
  }

  @Test
  void aWrongStepIs6WhereItsChecksumIsPublished() throws Exception {
    try (StubPortal portal = wholeStory()) {
      portal.boot("sw.rc.sha256", "0".repeat(64) + "  boot/loader.bin\n");
      CommandRun run = provisionAsUser(portal);
      assertThat(run.exitCode()).isEqualTo(6);
      assertThat(run.err()).contains("boot/loader.bin");
      assertThat(left()).containsExactly("sw.rc", "sw.rc.sha256");
    }
  }

  @Test
  void aRefusedLoginIs7() throws Exception {
    Files.writeString(password, "wrong");
    try (StubPortal portal = wholeStory()) {
      CommandRun run = provisionAsUser(portal);
      assertThat(run.exitCode()).isEqualTo(7);
      assertThat(run.err()).contains("refused").doesNotContain("wrong\"");
    }
  }

  @Test
  void aListedFileDoesNotReplaceAStepOfItsName() throws Exception {
    try (StubPortal portal =
        new StubPortal("same", "sw.rc").boot("same", "step").home("same", IMAGE).list("sw.rc")) {
      CommandRun run = provisionAsUser(portal);
      assertThat(run.exitCode()).isEqualTo(5);
      assertThat(into.resolve("same")).hasContent("step");
    }
  }
}
