package org.slipway.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file beside its final place, which it is renamed to. */
final class HiddenFile implements PartialFile.Place {
  private final Path target;
  private final Path hidden;
  private final FileChannel out;
  private boolean published;

  HiddenFile(Path target) throws LocalFileException {
    this.target = target;
    this.hidden = target.resolveSibling(PartialFile.PREFIX + UUID.randomUUID() + ".part");
    // Found at the end, this would waste the whole transfer.
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new LocalFileException(target, Text.of("it is a folder"));
    }
    try {
      this.out = FileChannel.open(hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new LocalFileException(target, e);
    }
    // When the user interrupts the program, nothing is closed.
    hidden.toFile().deleteOnExit();
  }

  @Override
  public Path target() {
    return target;
  }

  @Override
  public void write(ByteBuffer data) throws LocalFileException {
    write(data, out, target);
  }

  /** Writes all of it; what fails is put down to the file as the user knows it. */
  static void write(ByteBuffer data, FileChannel out, Path target) throws LocalFileException {
    try {
      while (data.hasRemaining()) {
        out.write(data);
      }
    } catch (IOException e) {
      throw new LocalFileException(target, e);
    }
  }

  @Override
  public InputStream read() throws IOException {
    return Files.newInputStream(published ? target : hidden);
  }

  @Override
  public void publish() throws LocalFileException {
    try {
      out.close();
      move();
    } catch (IOException e) {
      throw new LocalFileException(target, e);
    }
    published = true;
  }

  private void move() throws IOException {
    try {
      Files.move(
          hidden, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(hidden, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(hidden);
  }
}
