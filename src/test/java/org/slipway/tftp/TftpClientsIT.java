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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that others wrote: curl, tftp-hpa, atftp, busybox. */
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

  @ParameterizedTest
  @CsvSource({
    "0, ephemeral",
    "1, ephemeral",
    "512, ephemeral",
    "5000000, ephemeral",
    "513, single"
  })
  void clientsOfOthersWrite(int size, String ports) throws Exception {
    byte[] content = TftpWriteTest.bytes(size);
    Path from = Files.write(into.resolve("from"), content);
    try (WritableServer writable =
        new WritableServer(
            into.resolve("portal"),
            "slipway.tftp.write",
            "create",
            "slipway.tftp.transfer-ports",
            ports)) {
      String port = "" + writable.address().getPort();
      String url = "tftp://127.0.0.1:" + port + "/curl";
      run("curl", "-sS", "-T", from.toString(), url);
      run("tftp", "-m", "binary", "127.0.0.1", port, "-c", "put", from.toString(), "hpa");
      atftpPut(from, port, "atftp", "--option=blksize 1428", "--option=windowsize 16");
      atftpPut(from, port, "atftp-plain");
      run(
          "busybox",
          "tftp",
          "-p",
          "-b",
          "1428",
          "-l",
          from.toString(),
          "-r",
          "bb",
          "127.0.0.1",
          port);
      for (String name : new String[] {"hpa", "atftp", "atftp-plain", "bb"}) {
        assertThat(writable.stored(name)).as(name).isEqualTo(content);
      }
      // curl writes no file where there is nothing to write
      assertThat(size == 0 || java.util.Arrays.equals(writable.stored("curl"), content)).isTrue();
    }
  }

  private void atftpPut(Path from, String port, String name, String... options) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("atftp"));
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "--put", "--local-file", from.toString(), "--remote-file", name, "127.0.0.1", port));
    run(command.toArray(String[]::new));
  }

  /** tftp-hpa translates on its side; what is stored is the local text again. */
  @Test
  void tftpHpaWritesAndReadsTexts() throws Exception {
    byte[] text = "one\r\ntwo\nthree\r".repeat(5_000).getBytes();
    Path from = Files.write(into.resolve("from"), text);
    Path got = into.resolve("got");
    try (WritableServer writable =
        new WritableServer(into.resolve("portal"), "slipway.tftp.write", "create")) {
      String port = "" + writable.address().getPort();
      run("tftp", "-m", "netascii", "127.0.0.1", port, "-c", "put", from.toString(), "text");
      assertThat(writable.stored("text")).isEqualTo(text);
      run("tftp", "-m", "netascii", "127.0.0.1", port, "-c", "get", "text", got.toString());
      assertThat(Files.readAllBytes(got)).isEqualTo(text);
    }
  }
}
