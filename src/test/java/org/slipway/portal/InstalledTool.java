package org.slipway.portal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A program that a test needs and the machine may lack. */
public final class InstalledTool {

  private InstalledTool() {}

  /**
   * Where the program is. Without it the test is skipped; where {@code CI=true} it fails, because
   * there everything must be installed and a skipped test would prove nothing.
   */
  public static Path named(String name) {
    return onPath(name).orElseGet(() -> missing(name));
  }

  private static Optional<Path> onPath(String name) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Path missing(String name) {
    String message = name + " is not installed";
    if ("true".equals(System.getenv("CI"))) {
      return Assertions.fail(message);
    }
    return Assumptions.abort(message);
  }
}
