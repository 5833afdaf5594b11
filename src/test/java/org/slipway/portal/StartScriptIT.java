package org.slipway.portal;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/slipway.sh}, laid out as an operator lays it out, with a plain Payara Micro. */
class StartScriptIT {

  private static final List<String> SHIPPED =
      List.of("slipway.sh", "find-jdk.sh", "jvm.options", "logging.properties", "preboot.txt");

  @TempDir Path folder;

  @BeforeEach
  void install() throws IOException {
    for (String name : SHIPPED) {
      Files.copy(Path.of("deploy", name), folder.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  @Test
  void startsUntilReadyWithTheSettingsOfTheSample() throws Exception {
    List<Integer> tcp = FreePorts.next(3);
    int http = tcp.get(0);
    int https = tcp.get(1);
    int ftp = tcp.get(2);
    List<Integer> udp = FreePorts.next(3);
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.writeString(
        data.resolve("slipway.properties"),
        Files.readString(Path.of("deploy/slipway.properties.sample"))
            .replace("#slipway.ftp.port=21", "slipway.ftp.port=" + ftp)
            .replace("#slipway.tftp.port=69", "slipway.tftp.port=" + udp.get(0))
            .replace("#slipway.bootp.port=67", "slipway.bootp.port=" + udp.get(1))
            .replace("#slipway.bootp.client-port=68", "slipway.bootp.client-port=" + udp.get(2)));
    Process script =
        start(
            "--data",
            data.toString(),
            "--port",
            String.valueOf(http),
            "--https-port",
            String.valueOf(https));
    try {
      awaitReady(script, URI.create("http://localhost:" + http + "/health/ready"));
      assertThat(ListeningPorts.of(portalOf(script).pid()))
          .containsExactlyInAnyOrder(
              "tcp/" + http,
              "tcp/" + https,
              "tcp/" + ftp,
              "udp/" + udp.get(0),
              "udp/" + udp.get(1));
    } finally {
      script.destroy();
    }
    assertThat(script.waitFor(180, SECONDS)).as("ends after SIGTERM").isTrue();
    assertThat(script.exitValue()).isEqualTo(143);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void takenHttpPortEndsItWithAReason() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      Process script = start("--port", String.valueOf(taken.getLocalPort()));
      assertThat(script.waitFor(180, SECONDS)).isTrue();
      assertThat(script.exitValue()).isEqualTo(1);
      assertThat(output()).contains("Address already in use").contains("--port names another");
    }
  }

  @Test
  void badSettingEndsItWithOneLineThatSaysWhatIsAllowed() throws Exception {
    int http = FreePorts.next();
    Process script =
        start(
            "--data",
            folder.resolve("data").toString(),
            "--port",
            String.valueOf(http),
            "-Dslipway.ftp.port=70000");
    assertThat(script.waitFor(180, SECONDS)).isTrue();
    assertThat(script.exitValue()).isEqualTo(78);
    assertThat(output().lines().filter(line -> line.contains("slipway.ftp.port")))
        .singleElement()
        .asString()
        .contains("70000", "1 to 65535");
    assertThat(leftovers()).isEmpty();
  }

  /** Payara Micro itself would live on and answer 404. */
  @Test
  void portalThatCannotBeDeployedEndsIt() throws Exception {
    Path broken = folder.resolve("broken.war");
    PortalArchive.with(UnsatisfiedBean.class).as(ZipExporter.class).exportTo(broken.toFile());
    int http = FreePorts.next();
    Process script = start("--war", broken.toString(), "--port", String.valueOf(http));
    assertThat(script.waitFor(180, SECONDS)).as(output()).isTrue();
    assertThat(script.exitValue()).isEqualTo(1);
    assertThat(output()).contains("Unsatisfied dependencies");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void unusableArgumentsAreNamed() throws Exception {
    assertThat(start("--port", "abc").waitFor()).isEqualTo(78);
    assertThat(start("--war", "/nowhere.war").waitFor()).isEqualTo(1);
    assertThat(start("--nonsense").waitFor()).isEqualTo(2);
    assertThat(output())
        .contains("slipway.http.port is \"abc\": allowed is a port from 1 to 65535")
        .contains("/nowhere.war cannot be read")
        .contains("unknown option --nonsense");
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(folder.resolve("slipway.sh").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder
        .environment()
        .put("PAYARA_MICRO", Path.of("target/payara-micro.jar").toAbsolutePath().toString());
    builder
        .environment()
        .put("SLIPWAY_WAR", Path.of("target/slipway.war").toAbsolutePath().toString());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  /** What the container unpacked and nobody removed. */
  private List<Path> leftovers() throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "slipway.*")) {
      return StreamSupport.stream(entries.spliterator(), false).filter(Files::isDirectory).toList();
    }
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private static ProcessHandle portalOf(Process script) {
    return script.children().findFirst().orElseThrow();
  }

  private void awaitReady(Process script, URI ready) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(ready).build();
    Instant deadline = Instant.now().plus(Duration.ofSeconds(180));
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (!script.waitFor(100, MILLISECONDS)) {
        assertThat(Instant.now()).as(output()).isBefore(deadline);
        try {
          if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException notListening) {
          // Asked again after the next wait.
        }
      }
    }
    throw new AssertionError("ended with " + script.exitValue() + ":\n" + output());
  }
}
