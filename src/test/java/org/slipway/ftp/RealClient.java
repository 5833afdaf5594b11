package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Programs of others, run in a folder; beside it they keep what they say and what they remember.
 */
final class RealClient {
  private RealClient() {}

  /** A command line of words and lists of words. */
  static String[] words(Object... parts) {
    return Stream.of(parts)
        .flatMap(part -> part instanceof List<?> list ? list.stream() : Stream.of(part))
        .map(Object::toString)
        .toArray(String[]::new);
  }

  static Process start(Path in, String input, String... command) throws IOException {
    Path script = Files.writeString(in.resolveSibling("client.in"), input);
    ProcessBuilder builder = new ProcessBuilder(command).directory(in.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("HOME", in.getParent().toString());
    return builder
        .redirectErrorStream(true)
        .redirectInput(script.toFile())
        .redirectOutput(log(in).toFile())
        .start();
  }

  /** Runs it to its end, which must be a good one; gives what it has said. */
  static String run(Path in, String input, String... command) throws Exception {
    Process process = start(in, input, command);
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    String output = Files.readString(log(in), StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(String.join(" ", command) + "\n" + output).isZero();
    return output;
  }

  private static Path log(Path in) {
    return in.resolveSibling("client.log");
  }
}
