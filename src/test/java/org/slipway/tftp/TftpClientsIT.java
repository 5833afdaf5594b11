package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that others wrote: curl, tftp-hpa, atftp. */
class TftpClientsIT {
  @TempDir static Path folder;
  @TempDir Path into;
  private static RunningServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new RunningServer(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 513, 40_000_000})
  void curl(int size) throws Exception {
    byte[] expected = server.file("curl", size);
    for (String host : new String[] {"127.0.0.1", "[::1]"}) {
      Path got = into.resolve("got");
      String url = "tftp://" + host + ":" + server.port + "/curl";
      String blksize = size > 1_000_000 ? "16384" : "512";
      run("curl", "-sS", "--globoff", "--tftp-blksize", blksize, "-o", got.toString(), url);
      // curl makes no file where nothing came
      assertThat(Files.exists(got) ? Files.readAllBytes(got) : new byte[0]).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 513, 40_000_000})
  void tftpHpa(int size) throws Exception {
    byte[] expected = server.file("hpa", size);
    Path got = into.resolve("got");
    run("tftp", "-m", "binary", "127.0.0.1", "" + server.port, "-c", "get", "hpa", got.toString());
    assertThat(Files.readAllBytes(got)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 513, 40_000_000})
  void atftp(int size) throws Exception {
    byte[] expected = server.file("atftp", size);
    Path got = into.resolve("got");
    run(
        "atftp",
        "--option=blksize 1428",
        "--option=windowsize 16",
        "--get",
        "--remote-file",
        "atftp",
        "--local-file",
        got.toString(),
        "127.0.0.1",
        "" + server.port);
    assertThat(Files.readAllBytes(got)).isEqualTo(expected);
  }

  private void run(String... command) throws IOException, InterruptedException {
    boolean present = isPresent(command[0]);
    assertThat(present || !"true".equals(System.getenv("CI")))
        .as("%s must be installed where CI=true", command[0])
        .isTrue();
    assumeTrue(present, command[0] + " is not installed");
    Path output = into.resolve("output");
    Process process =
        new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s hangs", command[0]).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }

  private static boolean isPresent(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
