package org.slipway.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A file on its way in, counted and digested; kept out of sight until it is whole. Closing without
 * {@link #publish()} removes it, so a failed file never stays under its final name.
 *
 * <p>What comes in small pieces is written in large ones, and while the next one fills, its
 * checksum is computed by another thread: on one, it would take half of a fast transfer's time.
 */
final class PartialFile extends OutputStream {
  static final String PREFIX = ".slipway-";

  static final int LARGE_PIECE = 1 << 18;

  /** For where a thousand files may be on their way at once. */
  static final int SMALL_PIECE = 1 << 14;

  private final Place place;
  private final MessageDigest digest = Checksums.sha256();
  private byte[] piece;
  private byte[] other;
  private int filled;
  private Thread digesting = Thread.ofVirtual().unstarted(() -> {});
  private String sha256;
  private long bytes;

  /** Where the octets go. */
  interface Place {
    /** Where the file lies once it is whole; null if it is not kept. */
    Path target();

    void write(byte[] data, int offset, int length) throws IOException;

    /** The file is whole. */
    void publish() throws IOException;

    /** Nothing more comes; what was not published is forgotten. */
    void close() throws IOException;
  }

  /** On disk. */
  PartialFile(Path target) throws IOException {
    this(target, LARGE_PIECE);
  }

  /** As {@link #PartialFile(Place, int)}, on disk. */
  PartialFile(Path target, int piece) throws IOException {
    this(new HiddenFile(target), piece);
  }

  /**
   * @param piece octets that are written in one go; twice as many are kept in memory
   */
  PartialFile(Place place, int piece) {
    this.place = place;
    this.piece = new byte[piece];
    this.other = new byte[piece];
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
      int part = Math.min(length - done, piece.length - filled);
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
    int count = in.read(piece, filled, piece.length - filled);
    if (count > 0) {
      taken(count);
    }
    return count;
  }

  private void taken(int count) throws IOException {
    filled += count;
    bytes += count;
    if (filled == piece.length) {
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
    place.write(full, 0, length);
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

  /** The final name; null if the file is not kept. */
  Path target() {
    return place.target();
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
    place.publish();
  }

  @Override
  public void close() throws IOException {
    place.close();
  }
}
