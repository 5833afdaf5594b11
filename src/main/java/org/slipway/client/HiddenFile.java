package org.slipway.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file beside its final place, which it is renamed to. */
final class HiddenFile implements PartialFile.Place {
  private final Path target;
  private final Path hidden;
  private final OutputStream out;

  HiddenFile(Path target) throws IOException {
    this.target = target;
    this.hidden = target.resolveSibling(PartialFile.PREFIX + UUID.randomUUID() + ".part");
    this.out = Files.newOutputStream(hidden, StandardOpenOption.CREATE_NEW);
    // When the user interrupts the program, nothing is closed.
    hidden.toFile().deleteOnExit();
  }

  @Override
  public Path target() {
    return target;
  }

  @Override
  public void write(byte[] data, int offset, int length) throws IOException {
    out.write(data, offset, length);
  }

  @Override
  public void publish() throws IOException {
    out.close();
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
