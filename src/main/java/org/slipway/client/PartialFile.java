package org.slipway.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A file on its way in: hidden beside its final place until it is whole, then renamed. Closing
 * without {@link #publish()} removes it, so a failed file never stays under its final name.
 */
final class PartialFile extends OutputStream {
  static final String PREFIX = ".slipway-";

  private final Path target;
  private final Path hidden;
  private final OutputStream out;
  private final MessageDigest digest = Checksums.sha256();
  private String sha256;
  private long bytes;

  PartialFile(Path target) throws IOException {
    this.target = target;
    this.hidden = target.resolveSibling(PREFIX + UUID.randomUUID() + ".part");
    this.out = Files.newOutputStream(hidden, StandardOpenOption.CREATE_NEW);
    // When the user interrupts the program, nothing is closed.
    hidden.toFile().deleteOnExit();
  }

  /** Begins with what a file has, which stays as it is. */
  void begin(Path with) throws IOException {
    Files.copy(with, this);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] data, int offset, int length) throws IOException {
    out.write(data, offset, length);
    digest.update(data, offset, length);
    bytes += length;
  }

  /** The final name. */
  Path target() {
    return target;
  }

  long bytes() {
    return bytes;
  }

  /** Of everything written; nothing more may be written afterwards. */
  String sha256() {
    if (sha256 == null) {
      sha256 = HexFormat.of().formatHex(digest.digest());
    }
    return sha256;
  }

  /** Puts the whole file under its final name, in place of one that was there. */
  void publish() throws IOException {
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
