package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slipway.portal.FreePorts;

/** Every exit code of the contract, each by causes that really occur, at the real servers. */
@TestInstance(Lifecycle.PER_CLASS)
class ExitCodesTest {
  @TempDir private static Path scratch;
  private ServingPortal portal;
  private Path right;
  private Path wrong;
  private Path file;

  /**
   * @param arguments of the client
   */
  private record Cause(int exitCode, String what, List<String> arguments) {
    @Override
    public String toString() {
      return exitCode + ": " + what;
    }
  }

  @BeforeAll
  void open() throws IOException {
    right = Files.writeString(scratch.resolve("right"), ServingPortal.PASSWORD);
    wrong = Files.writeString(scratch.resolve("wrong"), "another password");
    file = Files.writeString(scratch.resolve("file"), "a file");
    portal = new ServingPortal(Files.createDirectory(scratch.resolve("portal")));
    portal.step("kernel", new byte[1000]).listed("image", new byte[1000]).device("127.0.0.80");
    portal.replaceListed("image", "changed since".getBytes(StandardCharsets.UTF_8));
  }

  @AfterAll
  void close() {
    portal.close();
  }

  private List<Cause> causes() throws IOException {
    String nowhere = "127.0.0.1:" + FreePorts.next();
    List<String> known = provision();
    List<String> unknown = new ArrayList<>(known);
    unknown.set(known.indexOf(ServingPortal.MAC), "52:54:00:ff:ff:ff");
    return List.of(
        new Cause(0, "a boot file that is there", get("kernel")),
        new Cause(0, "a listing", ftp(portal.ftp(), right, "ls")),
        new Cause(1, "a folder that is a file", with(known, "--into", "" + file)),
        new Cause(1, "a host that does not exist", List.of("tftp", "get", "no.such.invalid", "f")),
        new Cause(2, "no command at all", List.of("fetch")),
        new Cause(2, "an option that does not exist", with(known, "--no-such-option")),
        new Cause(2, "a command of the shell that does not exist", ftp(portal.ftp(), right, "x")),
        new Cause(3, "a device that the server does not know", unknown),
        new Cause(3, "no server at all", discover(nowhere)),
        new Cause(3, "no portal at all", register("http://" + nowhere)),
        new Cause(4, "a boot file that is not there", get("none")),
        new Cause(4, "an upload where writing is not allowed", put()),
        new Cause(5, "a file that is not in the home", ftp(portal.ftp(), right, "get none")),
        new Cause(5, "no FTP server at all", ftp(nowhere, right, "ls")),
        new Cause(6, "a file that was changed since it was listed", known),
        new Cause(7, "a wrong password", ftp(portal.ftp(), wrong, "ls")));
  }

  private static List<String> with(List<String> arguments, String... more) {
    List<String> all = new ArrayList<>(arguments);
    if (more[0].equals("--into")) {
      all.subList(all.indexOf("--into"), all.indexOf("--into") + 2).clear();
    }
    all.addAll(List.of(more));
    return all;
  }

  private List<String> provision() {
    List<String> arguments = new ArrayList<>(portal.arguments());
    arguments.addAll(List.of("--user", ServingPortal.USER, "--password-file", "" + right));
    arguments.addAll(List.of("--into", "" + scratch.resolve("device")));
    return arguments;
  }

  private List<String> get(String name) {
    Path to = scratch.resolve("got");
    return List.of("tftp", "get", "127.0.0.1:" + portal.tftpPort(), name, "" + to);
  }

  private List<String> put() {
    return List.of("tftp", "put", "127.0.0.1:" + portal.tftpPort(), "kernel", "" + file);
  }

  private static List<String> ftp(String server, Path password, String command) {
    return List.of(
        "ftp",
        server,
        "--user",
        ServingPortal.USER,
        "--password-file",
        "" + password,
        "-c",
        command);
  }

  private static List<String> discover(String server) {
    return List.of("discover", "--to", server, "--time=1", "--client-port=0");
  }

  private List<String> register(String url) {
    return List.of(
        "register", url, "--user=ann", "--email=ann@example.org", "--password-file=" + right);
  }

  @ParameterizedTest
  @MethodSource("causes")
  void endsWithItsCodeAndASentence(Cause cause) throws IOException {
    CommandRun run = CommandRun.of(cause.arguments());
    assertThat(run.exitCode()).as(run.err()).isEqualTo(cause.exitCode());
    if (cause.exitCode() == 0) {
      assertThat(run.err()).isEmpty();
    } else {
      assertThat(run.err()).isNotBlank().doesNotContain("Exception", "itself failed");
    }
    try (Stream<Path> left = Files.walk(scratch)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(PartialFile.PREFIX) && name.endsWith(".part"));
    }
  }

  @Test
  void noCodeIsMissing() throws IOException {
    assertThat(causes().stream().map(Cause::exitCode).distinct())
        .containsExactlyElementsOf(Stream.of(ExitCode.values()).map(ExitCode::number).toList());
  }
}
