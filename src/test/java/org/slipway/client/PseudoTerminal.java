package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The client on a terminal, and somebody who reads and types there. */
final class PseudoTerminal {
  static final String CTRL_C = "\u0003";

  private static final Path DRIVER = Path.of("src/test/resources/org/slipway/client/terminal.py");

  private final List<String> command = new ArrayList<>();
  private final List<List<String>> steps = new ArrayList<>();

  /** How the program ended, and everything that the terminal was sent. */
  record Session(int exitCode, String screen) {}

  /**
   * @param config folder of what the client remembers
   * @param arguments of the client
   */
  PseudoTerminal(Path config, String... arguments) {
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-Dslipway.client.config=" + config, "-Duser.language=en"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
  }

  PseudoTerminal expect(String text) {
    steps.add(List.of("expect", text));
    return this;
  }

  PseudoTerminal send(String text) {
    steps.add(List.of("send", text));
    return this;
  }

  /**
   * @param more arguments
   */
  Session run(int columns, String... more) throws Exception {
    List<String> driven = new ArrayList<>(List.of("python3", DRIVER.toString(), "" + columns));
    driven.add(new ObjectMapper().writeValueAsString(steps));
    driven.addAll(command);
    driven.addAll(List.of(more));
    Process process =
        new ProcessBuilder(driven)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    String screen = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Session(process.exitValue(), screen);
  }
}
