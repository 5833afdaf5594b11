package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ftp} with commands, against the real portal. */
class FtpCommandTest {
  @TempDir private Path scratch;
  private ServingPortal portal;
  private Path here;
  private Path password;

  @BeforeEach
  void open() throws IOException {
    here = Files.createDirectory(scratch.resolve("here"));
    password = Files.writeString(scratch.resolve("password"), ServingPortal.PASSWORD);
    portal = new ServingPortal(Files.createDirectory(scratch.resolve("portal")));
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

  private Path local(String name, int size) throws IOException {
    Path file = here.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content(size));
  }

  private CommandRun ftp(List<String> options, String... commands) {
    List<String> arguments = new ArrayList<>(List.of("ftp", portal.ftp()));
    arguments.addAll(List.of("--user", ServingPortal.USER, "--password-file", "" + password));
    arguments.addAll(options);
    arguments.addAll(List.of("-c", "lcd " + here));
    for (String command : commands) {
      arguments.addAll(List.of("-c", command));
    }
    return CommandRun.of(arguments);
  }

  private CommandRun ftp(String... commands) {
    return ftp(List.of(), commands);
  }

  private Path there(String name) {
    return portal.listedPath(name);
  }

  private static void assertDone(CommandRun run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 3_000_000})
  void aFileGoesThereAndBack(int size) throws IOException {
    local("a b.bin", size);
    CommandRun run = ftp(List.of("--checksum"), "put 'a b.bin' up.bin", "get up.bin back.bin");
    assertDone(run);
    assertThat(there("up.bin")).hasBinaryContent(content(size));
    assertThat(here.resolve("back.bin")).hasBinaryContent(content(size));
    assertThat(run.out().lines().filter(line -> line.contains("bytes")))
        .hasSize(2)
        .allMatch(line ->
            line.endsWith(", sha256 " + StubPortal.sha256(content(size)) + ", checksum right"));
  }

  @Test
  void foldersAreMadeListedAndRemoved() throws IOException {
    local("small", 10);
    local("large", 2000);
    CommandRun run =
        ftp(
            "mkdir d",
            "cd d",
            "put small",
            "put large",
            "mkdir inner",
            "ls",
            "ls -lS",
            "mv small renamed",
            "rm large",
            "rmdir inner",
            "pwd",
            "ls");
    assertDone(run);
    assertThat(run.out()).contains("inner/", "2,000", "there: /d", "here: " + here);
    assertThat(there("d/renamed")).exists();
    assertThat(there("d/large")).doesNotExist();
    assertThat(there("d/inner")).doesNotExist();
    String sorted = run.out().substring(run.out().indexOf("2,000"));
    assertThat(sorted.indexOf("large")).isLessThan(sorted.indexOf("small"));
  }

  @Test
  void patternsNameManyFiles() throws IOException {
    for (int i = 0; i < 5; i++) {
      local("f" + i + ".img", 1000 + i);
    }
    local("other.txt", 5);
    assertDone(ftp(List.of("--jobs", "3"), "mput *.img"));
    assertThat(there("f4.img")).hasBinaryContent(content(1004));
    assertThat(there("other.txt")).doesNotExist();
    Files.createDirectory(here.resolve("back"));
    assertDone(ftp(List.of("--jobs", "3"), "lcd back", "mget f[0-3].img", "rm *.img", "ls"));
    assertThat(here.resolve("back")).isDirectoryNotContaining("glob:**/f4.img");
    assertThat(here.resolve("back/f3.img")).hasBinaryContent(content(1003));
    assertThat(there("f0.img")).doesNotExist();
  }

  @Test
  void aTransferThatStoppedGoesOn() throws IOException {
    byte[] whole = content(500_000);
    Files.write(here.resolve("down"), java.util.Arrays.copyOf(whole, 123_456));
    Files.write(there("down"), whole);
    Files.write(here.resolve("up"), whole);
    Files.write(there("up"), java.util.Arrays.copyOf(whole, 77));
    CommandRun run = ftp("reget down", "reput up");
    assertDone(run);
    assertThat(here.resolve("down")).hasBinaryContent(whole);
    assertThat(there("up")).hasBinaryContent(whole);
    assertThat(run.out().lines().filter(line -> line.contains("checksum right"))).hasSize(2);
  }

  @Test
  void theBeginningOfAnotherFileIs6AndStaysAsItWas() throws IOException {
    Files.write(there("f"), content(1000));
    Files.write(here.resolve("f"), new byte[100]);
    CommandRun run = ftp("reget f");
    assertThat(run.exitCode()).isEqualTo(6);
    assertThat(here.resolve("f")).hasBinaryContent(new byte[100]);
    assertThat(here).isDirectoryNotContaining("glob:**/.slipway*");
  }

  @Test
  void whereANameIsTakenAScriptRejectsUnlessToldOtherwise() throws IOException {
    local("f", 10);
    Files.write(there("f"), content(99));
    CommandRun refused = ftp("put f");
    assertThat(refused.exitCode()).isEqualTo(5);
    assertThat(refused.err()).contains("exists", "--on-conflict");
    assertThat(ftp("get f").exitCode()).isEqualTo(5);
    assertThat(here.resolve("f")).hasBinaryContent(content(10));

    assertDone(ftp(List.of("--on-conflict=rename"), "get f", "get f"));
    assertThat(here.resolve("f.new")).hasBinaryContent(content(99));
    assertThat(here.resolve("f.new.2")).hasBinaryContent(content(99));

    assertDone(ftp(List.of("--on-conflict=overwrite"), "put f"));
    assertThat(there("f")).hasBinaryContent(content(10));
  }

  @Test
  void whatCannotBeWrittenHereIs1() throws IOException {
    Files.write(there("f"), content(10));
    Files.createDirectory(here.resolve("f"));
    CommandRun missing = ftp("get f missing/f");
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.err())
        .contains(here.resolve("missing/f") + " cannot be written: its folder does not exist");
    for (String command : List.of("get f", "mget f", "mget [f]", "reget f")) {
      CommandRun run = ftp(List.of("--on-conflict=overwrite"), command);
      assertThat(run.exitCode()).as(command).isEqualTo(1);
      assertThat(run.err()).contains(here.resolve("f") + " cannot be written: it is a folder");
    }
  }

  @Test
  void aFileForWhichThereIsNoRoomHereLeavesTheOthersAlone() throws Exception {
    Files.write(there("a-large"), content(3_000_000));
    Files.write(there("b-small"), content(1000));
    List<String> arguments = new ArrayList<>(List.of("ftp", portal.ftp()));
    arguments.addAll(List.of("--user", ServingPortal.USER, "--password-file", "" + password));
    arguments.addAll(List.of("--jobs=1", "-c", "lcd " + here, "-c", "mget *"));
    CommandRun run = CommandRun.withFilesUpTo(1500, arguments);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    assertThat(run.err())
        .contains(here.resolve("a-large") + " cannot be written: File too large", "1 of 2")
        .doesNotContain("goes on in");
    assertThat(here.resolve("b-small")).hasBinaryContent(content(1000));
    assertThat(here).isDirectoryNotContaining("glob:**/.slipway*");
  }

  @Test
  void mirrorsMoveWhatIsNewBothWays() throws IOException {
    local("tree/a", 100);
    local("tree/deep/er/b", 200);
    Files.setLastModifiedTime(
        here.resolve("tree/a"), FileTime.from(Instant.parse("2020-02-02T02:02:02Z")));
    CommandRun first = ftp("mirror -R tree site", "mirror -R tree site");
    assertDone(first);
    assertThat(there("site/deep/er/b")).hasBinaryContent(content(200));
    assertThat(first.out()).contains("2 files.", "0 files.");

    CommandRun back = ftp(List.of("--jobs=2"), "mirror site back", "mirror site back");
    assertDone(back);
    assertThat(here.resolve("back/deep/er/b")).hasBinaryContent(content(200));
    assertThat(Files.getLastModifiedTime(here.resolve("back/a")).toInstant())
        .isEqualTo(Instant.parse("2020-02-02T02:02:02Z"));
    assertThat(back.out()).contains("2 files.", "0 files.");
  }

  @Test
  void whatTheServerSaysIsShown() throws IOException {
    Files.writeString(there("text"), "hello\n");
    CommandRun run = ftp("cat text", "quota", "status", "site help", "help mirror");
    assertDone(run);
    assertThat(run.out()).contains("hello", "Logged in as lab", "SITE QUOTA", "mirror [-R]");
  }

  @Test
  void jsonIsOneObjectALine() throws Exception {
    local("f", 10);
    CommandRun run = ftp(List.of("--json"), "put f", "ls", "quota");
    assertDone(run);
    var mapper = new com.fasterxml.jackson.databind.ObjectMapper();
    for (String line : run.out().lines().toList()) {
      assertThat(mapper.readTree(line).get("command").asText()).isNotEmpty();
    }
    assertThat(run.out()).contains("\"entries\":[{\"name\":\"f\"", "\"bytes\":10");
  }

  private static JsonNode last(CommandRun run) throws IOException {
    String line = run.out().lines().toList().getLast();
    return new CommandRun(run.exitCode(), line, run.err()).failure(ExitCode.FTP_FAILED);
  }

  @Test
  void aFailureIsOneObjectToo() throws IOException {
    CommandRun get = ftp(List.of("--json"), "pwd", "GET none");
    assertThat(get.out()).hasLineCount(3);
    assertThat(last(get).get("command").asText()).isEqualTo("get");
    assertThat(last(get).get("name").asText()).isEqualTo("/none");

    Files.write(there("f"), content(10));
    CommandRun many = ftp(List.of("--json"), "mget f none");
    assertThat(many.out()).hasLineCount(2);
    assertThat(last(many).get("command").asText()).isEqualTo("mget");
    assertThat(last(many).get("files").get(0).get("name").asText()).isEqualTo("/f");
    JsonNode failed = last(many).get("failed");
    assertThat(failed).hasSize(1);
    assertThat(failed.get(0).get("name").asText()).isEqualTo("/none");
    assertThat(failed.get(0).get("error").asText()).contains("550");

    CommandRun nonsense = ftp(List.of("--json"), "nonsense");
    assertThat(nonsense.out()).hasLineCount(2).contains("\"command\":\"nonsense\"");
  }

  @Test
  void aLoginThatFailsIsOneObject() throws IOException {
    Files.writeString(password, "wrong");
    assertThat(ftp(List.of("--json"), "ls").failure(ExitCode.REFUSED).has("command")).isFalse();
    portal.stop("ftp");
    ftp(List.of("--json"), "ls").failure(ExitCode.FTP_FAILED);
  }

  @Test
  void theFirstCommandThatFailsEndsTheScript() throws IOException {
    Path script =
        Files.writeString(
            scratch.resolve("script"), "# a comment\n\nmkdir one\nget nothing\nmkdir two\n");
    CommandRun run =
        CommandRun.of(
            List.of(
                "ftp",
                portal.ftp(),
                "--user=" + ServingPortal.USER,
                "--password-file=" + password,
                "--script=" + script));
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains("get:", "550");
    assertThat(there("one")).exists();
    assertThat(there("two")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"quit", "close", "bye", "exit", "q", "QUIT"})
  void quitHasManyNames(String word) {
    assertDone(ftp(word, "mkdir never"));
    assertThat(there("never")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "get", "mv one", "put 'open"})
  void wrongCommandsAre2(String command) {
    assertThat(ftp(command).exitCode()).isEqualTo(2);
  }

  @Test
  void aWrongPasswordIs7() throws IOException {
    Files.writeString(password, "wrong");
    CommandRun run = ftp("ls");
    assertThat(run.exitCode()).isEqualTo(7);
    assertThat(run.err()).contains("530");
  }

  @Test
  void nobodyAtThePortIs5() throws IOException {
    portal.stop("ftp");
    CommandRun run = ftp("ls");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains(portal.ftp(), "does not accept connections");
  }

  @Test
  void overQuotaIsSaidBeforeTheFirstByte() throws IOException {
    portal.quota(Optional.of(1000L));
    local("f", 2000);
    CommandRun run = ftp("put f");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains("552");
    assertThat(there("f")).doesNotExist();
  }
}
