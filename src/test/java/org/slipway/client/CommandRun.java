package org.slipway.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
}
