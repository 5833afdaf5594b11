package org.slipway.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The standard output, which gets a file only when that is whole: a program that reads it could not
 * tell a part, and a transfer that begins again would come twice.
 */
final class StandardOutput implements PartialFile.Place {
  /** How the user names it, and the standard input. */
  static final Path NAME = Path.of("-");

  private final HiddenFile waiting;

  StandardOutput() throws IOException {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    waiting = new HiddenFile(folder.resolve("slipway-" + UUID.randomUUID()));
  }

  @Override
  public Path target() {
    return null;
  }

  @Override
  public void write(ByteBuffer data) throws IOException {
    waiting.write(data);
  }

  @Override
  public InputStream read() throws IOException {
    return waiting.read();
  }

  @Override
  public void publish() throws IOException {
    try (InputStream whole = waiting.read()) {
      whole.transferTo(System.out);
    }
    if (System.out.checkError()) {
      throw new CommandFailedException(
          ExitCode.FAILED, Text.of("The standard output did not take the whole file."));
    }
  }

  @Override
  public void close() throws IOException {
    waiting.close();
  }
}
