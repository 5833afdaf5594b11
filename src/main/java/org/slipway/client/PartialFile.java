package org.slipway.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A file on its way in, counted and digested; kept out of sight until it is whole. Closing without
 * {@link #publish()} removes it, so a failed file never stays under its final name.
 */
final class PartialFile extends OutputStream {
  static final String PREFIX = ".slipway-";

  private final Place place;
  private final MessageDigest digest = Checksums.sha256();
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
    this(new HiddenFile(target));
  }

  PartialFile(Place place) {
    this.place = place;
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
    place.write(data, offset, length);
    digest.update(data, offset, length);
    bytes += length;
  }

  /** The final name; null if the file is not kept. */
  Path target() {
    return place.target();
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
    place.publish();
  }

  @Override
  public void close() throws IOException {
    place.close();
  }
}
