package org.slipway.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A file on its way in, counted; kept out of sight until it is whole. Closing without {@link
 * #publish()} removes it, so a failed file never stays under its final name.
 *
 * <p>What comes in small pieces is written in large ones. A checksum that is wanted is computed by
 * another thread while the next piece fills: on one, it would take half of a fast transfer's time.
 */
final class PartialFile extends OutputStream implements WritableByteChannel {
  static final String PREFIX = ".slipway-";

  static final int LARGE_PIECE = 1 << 20;

  /** For where a thousand files may be on their way at once. */
  static final int SMALL_PIECE = 1 << 14;

  private final Place place;
  private final Sum sum;
  private final MessageDigest digest = Checksums.sha256();
  private final Pieces pieces;
  private ByteBuffer piece;
  private ByteBuffer other;
  private Thread digesting = Thread.ofVirtual().unstarted(() -> {});
  private String sha256;
  private long bytes;
  private boolean open = true;

  /** When the checksum is computed. */
  enum Sum {
    /** While the file comes in: it will be asked for. */
    MEANWHILE,
    /** By reading the file again, should it be asked for. */
    AFTERWARDS;

    static Sum of(boolean wanted) {
      return wanted ? MEANWHILE : AFTERWARDS;
    }
  }

  /** Where the octets go. */
  interface Place {
    /** Where the file lies once it is whole; null if it is not kept. */
    Path target();

    void write(ByteBuffer data) throws IOException;

    /** What was written so far, from its beginning. */
    InputStream read() throws IOException;

    /** The file is whole. */
    void publish() throws IOException;

    /** Nothing more comes; what was not published is forgotten. */
    void close() throws IOException;
  }

  /** On disk. */
  PartialFile(Path target, Sum sum) throws IOException {
    this(SpecialFile.orFile(target), LARGE_PIECE, sum);
  }

  /**
   * @param piece octets that are written in one go; twice as many are kept in memory where the
   *     checksum is computed meanwhile
   */
  PartialFile(Place place, int piece, Sum sum) {
    this.place = place;
    this.sum = sum;
    this.pieces = sum == Sum.MEANWHILE ? Pieces.ON_THE_HEAP : Pieces.OUTSIDE_THE_HEAP;
    this.piece = pieces.take(piece);
    this.other = sum == Sum.MEANWHILE ? pieces.take(piece) : this.piece;
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
    write(ByteBuffer.wrap(data, offset, length));
  }

  @Override
  public int write(ByteBuffer data) throws IOException {
    int length = data.remaining();
    while (data.hasRemaining()) {
      int part = Math.min(data.remaining(), piece.remaining());
      piece.put(piece.position(), data, data.position(), part).position(piece.position() + part);
      data.position(data.position() + part);
      taken(part);
    }
    return length;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  /**
   * Takes what a channel has to give at once.
   *
   * @return the number of bytes; -1 at its end
   */
  int take(ReadableByteChannel in) throws IOException {
    int count = in.read(piece);
    if (count > 0) {
      taken(count);
    }
    return count;
  }

  private void taken(int count) throws IOException {
    bytes += count;
    if (!piece.hasRemaining()) {
      flush();
    }
  }

  @Override
  public void flush() throws IOException {
    if (piece.position() == 0) {
      return;
    }
    awaitDigest();
    ByteBuffer full = piece.flip();
    if (sum == Sum.MEANWHILE) {
      ByteBuffer same = full.duplicate();
      digesting = Thread.ofVirtual().start(() -> digest.update(same));
    }
    place.write(full);
    piece = other.clear();
    other = full;
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

  Sum sum() {
    return sum;
  }

  long bytes() {
    return bytes;
  }

  /** Of everything written; nothing more may be written afterwards. */
  String sha256() throws IOException {
    if (sha256 == null) {
      flush();
      awaitDigest();
      if (sum == Sum.AFTERWARDS) {
        try (InputStream in = place.read()) {
          Checksums.update(digest, in);
        }
      }
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
    if (open) {
      open = false;
      pieces.giveBack(piece);
      if (other != piece) {
        pieces.giveBack(other);
      }
    }
    place.close();
  }
}
