package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar, started by the script: whether everything that it needs is in it. */
class ClientJarIT {
  @TempDir private Path scratch;
  @TempDir private Path caches;

  private Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("deploy/slipway-client"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("XDG_CACHE_HOME", caches.toString());
    builder.environment().put("PASSWORD", FtpStub.PASSWORD);
    return builder.start();
  }

  @Test
  void provisionsFromAPipe() throws Exception {
    try (StubPortal portal =
        new StubPortal("a.bin", "sw.rc")
            .boot("a.bin", "a")
            .home("图 1.img", new byte[100_000])
            .list("sw.rc")) {
      List<String> arguments = new ArrayList<>(portal.arguments());
      arguments.addAll(List.of("--user", FtpStub.USER, "--password-env", "PASSWORD"));
      arguments.addAll(List.of("--into", scratch.toString()));
      Process client = start(arguments);
      client.getOutputStream().close();
      String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(output).contains("图 1.img", "Done: 4 files").doesNotContain("\r", "WARNING");
      assertThat(client.exitValue()).isZero();
      assertThat(Files.size(scratch.resolve("图 1.img"))).isEqualTo(100_000);
    }
  }

  @Test
  void neitherTheFirstRunNorTheNextPrintsMoreThanItsResult() throws Exception {
    try (TftpStub server = new TftpStub(TftpStub.serving(Map.of("f", new byte[1000])))) {
      for (int i = 0; i < 2; i++) {
        Path local = scratch.resolve("f" + i);
        String from = "127.0.0.1:" + server.address().getPort();
        Process client = start(List.of("tftp", "get", from, "f", local.toString(), "--json"));
        String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output).startsWith("{").endsWith("}\n");
        assertThat(new ObjectMapper().readTree(output).get("bytes").asInt()).isEqualTo(1000);
        assertThat(client.exitValue()).isZero();
      }
    }
    assertThat(caches.resolve("slipway")).isDirectoryContaining("glob:**/tftp-*.jsa");
  }

  @Test
  void knowsItsVersion() throws Exception {
    Process client = start(List.of("--version"));
    String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(output).containsPattern("^slipway-client [0-9]+\\.[0-9]").contains("\nJava ");
    assertThat(client.exitValue()).isZero();
  }

  @Test
  void usageIsAnExitCodeOfTheProcess() throws Exception {
    Process client = start(List.of("provision"));
    String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(client.exitValue()).isEqualTo(2);
    assertThat(output).contains("HOST", "provision --help");
  }
}
