package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server does wrong while a file comes, and what is looked at afterwards. */
class FtpTransferTest {
  private static final byte[] CONTENT = new byte[400_000];

  /** For a server that falls silent. */
  private static final Patience IMPATIENT =
      new Patience(
          CommandRun.IMPATIENT.bootp(),
          CommandRun.IMPATIENT.tftp(),
          Duration.ofSeconds(1),
          CommandRun.IMPATIENT.poll());

  @TempDir private Path scratch;
  private Path here;

  @BeforeEach
  void makeFolder() throws IOException {
    here = Files.createDirectory(scratch.resolve("here"));
  }

  private CommandRun get(FtpStub server, String... options) throws IOException {
    return get(CommandRun.IMPATIENT, server, options);
  }

  private CommandRun get(Patience patience, FtpStub server, String... options) throws IOException {
    Path password = Files.writeString(scratch.resolve("password"), FtpStub.PASSWORD);
    List<String> arguments =
        new ArrayList<>(List.of("ftp", "127.0.0.1:" + server.address().getPort()));
    arguments.addAll(List.of("--user", FtpStub.USER, "--password-file", password.toString()));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("-c", "lcd " + here, "-c", "get /f"));
    return CommandRun.of(patience, arguments);
  }

  private static FtpStub server(FtpStub.Fault fault) throws IOException {
    return new FtpStub(Map.of("/f", CONTENT), fault);
  }

  @Test
  void theChecksumIsShownAndComparedWhereItIsWanted() throws Exception {
    String sha256 = StubPortal.sha256(CONTENT);
    try (FtpStub server = server(FtpStub.Fault.NONE)) {
      assertThat(get(server, "--checksum").out()).contains(sha256, ", checksum right");
      Files.delete(here.resolve("f"));
      assertThat(get(server, "--json").out())
          .contains("\"sha256\":\"" + sha256 + "\"", "\"verified\":true");
      Files.delete(here.resolve("f"));
      CommandRun run = get(server);
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains("400,000 bytes").doesNotContain("sha256", "checksum");
    }
    assertThat(here.resolve("f")).hasBinaryContent(CONTENT);
  }

  @Test
  void aFileWhoseChecksumIsAnotherThereIs6AndIsNotKept() throws Exception {
    try (FtpStub server = server(FtpStub.Fault.DAMAGED)) {
      CommandRun run = get(server, "--checksum");
      assertThat(run.exitCode()).isEqualTo(6);
      assertThat(run.err()).contains("\"/f\"", StubPortal.sha256(CONTENT), "Move it anew");
    }
    assertThat(here).isEmptyDirectory();
  }

  @Test
  void aServerThatFallsSilentIs5AndNothingIsKept() throws Exception {
    try (FtpStub server = server(FtpStub.Fault.SILENCE)) {
      CommandRun run = get(IMPATIENT, server);
      assertThat(run.exitCode()).isEqualTo(5);
      assertThat(run.err()).contains("does not answer");
      assertThat(server.sessions()).isGreaterThan(1);
    }
    assertThat(here).isEmptyDirectory();
  }
}
