package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TftpGetCommandTest {
  private static final byte[] CONTENT = "boot".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  private static CommandRun get(TftpStub server, String... more) {
    List<String> arguments = new ArrayList<>(List.of("tftp", "get"));
    arguments.add("127.0.0.1:" + server.address().getPort());
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments);
  }

  private static TftpStub serving() throws Exception {
    return new TftpStub(TftpStub.serving(Map.of("/boot/a.bin", CONTENT)));
  }

  @Test
  void fetchesOneFile() throws Exception {
    try (TftpStub server = serving()) {
      Path local = folder.resolve("local.bin");
      CommandRun run =
          get(
              server,
              "/boot/a.bin",
              local.toString(),
              "--blksize=512",
              "--windowsize=1",
              "--checksum");
      assertThat(run.exitCode()).isZero();
      assertThat(local).hasBinaryContent(CONTENT);
      assertThat(run.out()).contains(StubPortal.sha256(CONTENT));
      assertThat(server.requests().getFirst().options())
          .containsEntry("blksize", "512")
          .doesNotContainKey("windowsize");
    }
  }

  @Test
  void putsItUnderItsOwnNameIntoAFolder() throws Exception {
    try (TftpStub server = serving()) {
      assertThat(get(server, "/boot/a.bin", folder.toString(), "--json").out())
          .contains("\"bytes\" : 4", StubPortal.sha256(CONTENT));
      assertThat(folder.resolve("a.bin")).hasBinaryContent(CONTENT);
    }
  }

  /** As into a device: a file that is renamed over {@code /dev/null} would end it for everybody. */
  @Test
  void aPipeIsWrittenIntoAndStaysOne() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process reader = new ProcessBuilder("cat", pipe.toString()).start();
    try (TftpStub server = serving()) {
      assertThat(get(server, "/boot/a.bin", pipe.toString()).exitCode()).isZero();
      assertThat(reader.getInputStream().readAllBytes()).isEqualTo(CONTENT);
      assertThat(SpecialFile.is(pipe)).isTrue();
    } finally {
      reader.destroy();
    }
  }

  /** Of what goes to the standard output itself, and not by what the client prints with. */
  private static byte[] standardOutput(Callable<CommandRun> command) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    System.setOut(new PrintStream(octets));
    try {
      assertThat(command.call().out()).isEmpty();
    } finally {
      System.setOut(before);
    }
    return octets.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 3_000_000})
  void toTheStandardOutputGoesTheFileAlone(int size) throws Exception {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    try (TftpStub server = new TftpStub(TftpStub.serving(Map.of("f", content)))) {
      byte[] printed =
          standardOutput(() -> {
            CommandRun run = get(server, "f", "-", "--checksum");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err()).contains(StubPortal.sha256(content));
            return run;
          });
      assertThat(printed).isEqualTo(content);
    }
    assertThat(Path.of("-")).doesNotExist();
  }

  @Test
  void aStandardOutputThatTakesNothingIs1() throws Exception {
    PrintStream before = System.out;
    PrintStream closed = new PrintStream(new ByteArrayOutputStream());
    closed.close();
    System.setOut(closed);
    try (TftpStub server = serving()) {
      CommandRun run = get(server, "/boot/a.bin", "-");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("did not take the whole file");
    } finally {
      System.setOut(before);
    }
  }

  @Test
  void ofAFileThatDidNotComeWholeTheStandardOutputGetsNothing() throws Exception {
    TftpStub.Script dying =
        (request, transfer) -> {
          transfer.sendBlock(1, new byte[512]);
          transfer.expectAcknowledgement(1);
        };
    try (TftpStub server = new TftpStub(dying)) {
      byte[] printed =
          standardOutput(() -> {
            CommandRun run = get(server, "f", "-", "--retries=1");
            assertThat(run.exitCode()).isEqualTo(4);
            assertThat(run.err()).contains("broke off", "does not answer any more");
            return run;
          });
      assertThat(printed).isEmpty();
    }
  }

  @Test
  void aFailureIsJsonToo() throws Exception {
    try (TftpStub server = serving()) {
      JsonNode none = get(server, "b.bin", "" + folder, "--json").failure(ExitCode.TFTP_FAILED);
      assertThat(none.get("name").asText()).isEqualTo("b.bin");
      assertThat(none.get("protocol").asText()).isEqualTo("TFTP");
      get(server, "/boot/a.bin", folder + "/none/a", "--json").failure(ExitCode.FAILED);
    }
    CommandRun.of(List.of("tftp", "get", "no.such.invalid", "f", "--json"))
        .failure(ExitCode.FAILED);
  }

  @Test
  void jsonAndTheFileOnOneOutputIs2() throws Exception {
    try (TftpStub server = serving()) {
      CommandRun run = get(server, "/boot/a.bin", "-", "--json");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("--json");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void aMissingFileIs4AndNothingStays() throws Exception {
    try (TftpStub server = serving()) {
      CommandRun run = get(server, "b.bin", folder.toString());
      assertThat(run.exitCode()).isEqualTo(4);
      assertThat(run.err()).contains("error 1");
      assertThat(folder).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "missing/a.bin, its folder does not exist",
    "file/a.bin, Not a directory",
    "taken, it is a folder"
  })
  void whatCannotBeWrittenIs1BeforeTheServerIsAsked(String local, String why) throws Exception {
    Files.createFile(folder.resolve("file"));
    Files.createDirectories(folder.resolve("taken/a.bin"));
    try (TftpStub server = serving()) {
      CommandRun run = get(server, "/boot/a.bin", folder.resolve(local).toString());
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err())
          .contains("The file " + folder.resolve(local), " cannot be written: " + why)
          .doesNotContain(PartialFile.PREFIX);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void aFolderThatMayNotBeWrittenToIs1() throws Exception {
    // One that root may not write to either.
    try (TftpStub server = serving()) {
      CommandRun run = get(server, "/boot/a.bin", "/sys");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("a.bin cannot be written: its folder may not be written to");
    }
  }

  @Test
  void aDiskThatIsFullIs1AndNothingStays() throws Exception {
    Map<String, byte[]> files = Map.of("f", new byte[100_000]);
    try (TftpStub server = new TftpStub(TftpStub.serving(files))) {
      String from = "127.0.0.1:" + server.address().getPort();
      CommandRun run =
          CommandRun.withFilesUpTo(50, List.of("tftp", "get", from, "f", folder.toString()));
      assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
      assertThat(run.err()).contains(folder.resolve("f") + " cannot be written: File too large");
      assertThat(folder).isEmptyDirectory();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--blksize=7", "--windowsize=0", "--timeout=256", "--mode=mail"})
  void wrongUsageIs2(String option) throws Exception {
    try (TftpStub server = serving()) {
      assertThat(get(server, "a.bin", folder.toString(), option).exitCode()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:69", "127.0.0.1", "[::1]:69", "::1", "[::1]"})
  void hostsAreReadWithAndWithoutPort(String text) {
    assertThat(HostPort.resolve(text, 69).getPort()).isEqualTo(69);
    assertThat(HostPort.resolve(text, 69).getAddress().isLoopbackAddress()).isTrue();
  }
}
