package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the user does not want to repeat. */
class ProfileTest {
  @TempDir private Path scratch;

  private static void profile(String name, String... lines) throws IOException {
    CommandRun.of(List.of("--help"));
    ConfigFolder.write(name + ".properties", List.of(lines));
  }

  @Test
  void aProfileNamesTheServerTheAccountAndWhatElseIsSaid() throws Exception {
    Path password = Files.writeString(scratch.resolve("p"), ServingPortal.PASSWORD);
    try (ServingPortal portal = new ServingPortal(Files.createDirectory(scratch.resolve("f")))) {
      profile(
          "full",
          "host=" + portal.ftp(),
          "user=" + ServingPortal.USER,
          "password-file=" + password,
          "ftp.on-conflict=rename",
          "tftp.blksize=nonsense");
      CommandRun run = CommandRun.of(List.of("ftp", "--profile", "full", "-c", "pwd"));
      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains("there: /");
    }
  }

  @Test
  void theCommandLineIsStronger() throws Exception {
    profile("blocks", "blksize=512", "windowsize=1");
    byte[] content = "boot".getBytes(StandardCharsets.UTF_8);
    try (TftpStub server = new TftpStub(TftpStub.serving(Map.of("a", content)))) {
      String host = "127.0.0.1:" + server.address().getPort();
      CommandRun.of(
          List.of("--profile=blocks", "tftp", "get", host, "a", "" + scratch, "--blksize=1024"));
      assertThat(server.requests().getFirst().options())
          .containsEntry("blksize", "1024")
          .doesNotContainKey("windowsize");
    }
  }

  @Test
  void aProfileThatIsNotThereIs2() {
    CommandRun run = CommandRun.of(List.of("discover", "--profile=nobody"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("nobody.properties");
    assertThat(CommandRun.of(List.of("discover", "--profile=../x")).exitCode()).isEqualTo(2);
  }
}
