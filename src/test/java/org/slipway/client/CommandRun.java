package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How a command ended, and what it printed. */
record CommandRun(int exitCode, String out, String err) {
  /**
   * Short, so that a test of silence does not take ten seconds, but longest before the first
   * repetition: tests count what arrives at a server, which may be busy.
   */
  static final Patience IMPATIENT =
      new Patience(
          List.of(Duration.ofMillis(800), Duration.ofMillis(200), Duration.ofMillis(300)),
          Collections.nCopies(4, Duration.ofMillis(600)),
          Duration.ofSeconds(20),
          Duration.ofMillis(50));

  static {
    // What the client remembers is the test's, and not of whoever runs it.
    try {
      Path config = Files.createTempDirectory("slipway-client-config-");
      config.toFile().deleteOnExit();
      System.setProperty(ConfigFolder.PROPERTY, config.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CommandRun of(List<String> arguments) {
    return of(IMPATIENT, arguments);
  }

  static CommandRun of(Patience patience, List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Main.run(
            patience,
            new PrintWriter(out),
            new PrintWriter(err, true),
            arguments.toArray(String[]::new));
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  /** The one object that a failure is for a program; a person is told the same. */
  JsonNode failure(ExitCode outcome) throws IOException {
    JsonNode json = new ObjectMapper().readTree(out);
    assertThat(json.get("outcome").asText()).as(out).isEqualTo(outcome.name());
    assertThat(json.get("exitCode").asInt()).isEqualTo(exitCode).isEqualTo(outcome.number());
    assertThat(err.lines()).contains(json.get("error").asText());
    return json;
  }

  /** In a process of its own, whose files stay as small as on a disk that is full. */
  static CommandRun withFilesUpTo(int kibibytes, List<String> arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("bash", "-c", "ulimit -f " + kibibytes + " && exec \"$@\"", "bash"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-XX:-UsePerfData", "-Duser.language=en"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    Path err = Files.createTempFile("slipway-client-", ".err");
    try {
      Process client = new ProcessBuilder(command).redirectError(err.toFile()).start();
      client.getOutputStream().close();
      String out = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new CommandRun(client.waitFor(), out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }
}
