package org.slipway.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A device such as {@code /dev/null}, or a pipe: what comes goes right into it. Renaming a file
 * over it, as is done with files, would end it for everybody.
 */
final class SpecialFile implements PartialFile.Place {
  private final Path target;
  private final FileChannel out;

  private SpecialFile(Path target) throws LocalFileException {
    this.target = target;
    try {
      this.out = FileChannel.open(target, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new LocalFileException(target, e);
    }
  }

  /** The place that fits what is there. */
  static PartialFile.Place orFile(Path target) throws LocalFileException {
    return is(target) ? new SpecialFile(target) : new HiddenFile(target);
  }

  /** Whether something is there that is neither a file nor a folder. */
  static boolean is(Path target) {
    return Files.exists(target) && !Files.isRegularFile(target) && !Files.isDirectory(target);
  }

  @Override
  public Path target() {
    return target;
  }

  @Override
  public void write(ByteBuffer data) throws LocalFileException {
    HiddenFile.write(data, out, target);
  }

  @Override
  public InputStream read() throws IOException {
    throw new LocalFileException(target, Text.of("it cannot be read again"));
  }

  @Override
  public void publish() throws IOException {
    out.close();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
