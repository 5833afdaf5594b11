package org.slipway.client;

import java.io.IOException;
import java.io.InputStream;
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
 *
 * <p>What comes in small pieces is written in large ones, and while the next one fills, its
 * checksum is computed by another thread: on one, it would take half of a fast transfer's time.
 */
final class PartialFile extends OutputStream {
  static final String PREFIX = ".slipway-";

  private static final int PIECE = 1 << 18;

  private final Path target;
  private final Path hidden;
  private final OutputStream out;
  private final MessageDigest digest = Checksums.sha256();
  private byte[] piece = new byte[PIECE];
  private byte[] other = new byte[PIECE];
  private int filled;
  private Thread digesting = Thread.ofVirtual().unstarted(() -> {});
  private String sha256;
  private long bytes;

  PartialFile(Path target) throws IOException {
    this.target = target;
    this.hidden = target.resolveSibling(PREFIX + UUID.randomUUID() + ".part");
    this.out = Files.newOutputStream(hidden, StandardOpenOption.CREATE_NEW);
    // When the user interrupts the program, nothing is closed.
    hidden.toFile().deleteOnExit();
    digesting.start();
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
    int done = 0;
    while (done < length) {
      int part = Math.min(length - done, PIECE - filled);
      System.arraycopy(data, offset + done, piece, filled, part);
      taken(part);
      done += part;
    }
  }

  /**
   * Takes what a stream has to give at once.
   *
   * @return the number of bytes; -1 at its end
   */
  int take(InputStream in) throws IOException {
    int count = in.read(piece, filled, PIECE - filled);
    if (count > 0) {
      taken(count);
    }
    return count;
  }

  private void taken(int count) throws IOException {
    filled += count;
    bytes += count;
    if (filled == PIECE) {
      flush();
    }
  }

  @Override
  public void flush() throws IOException {
    if (filled == 0) {
      return;
    }
    awaitDigest();
    byte[] full = piece;
    int length = filled;
    piece = other;
    other = full;
    filled = 0;
    digesting = Thread.ofVirtual().start(() -> digest.update(full, 0, length));
    out.write(full, 0, length);
  }

  /** Everything but the last piece is in the checksum. */
  private void awaitDigest() {
    try {
      digesting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException(ExitCode.FAILED, Text.of("Interrupted."), e);
    }
  }

  /** The final name. */
  Path target() {
    return target;
  }

  long bytes() {
    return bytes;
  }

  /** Of everything written; nothing more may be written afterwards. */
  String sha256() throws IOException {
    if (sha256 == null) {
      flush();
      awaitDigest();
      sha256 = HexFormat.of().formatHex(digest.digest());
    }
    return sha256;
  }

  /** Puts the whole file under its final name, in place of one that was there. */
  void publish() throws IOException {
    flush();
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
