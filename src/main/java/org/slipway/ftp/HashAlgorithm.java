package org.slipway.ftp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slipway.storage.TransferBuffers;

/** Checksums of files that clients may ask for (draft-bryan-ftpext-hash). */
enum HashAlgorithm {
  SHA256("SHA-256"),
  SHA512("SHA-512"),
  CRC32("CRC32"),
  /** For XMD5 only; it says nothing against whoever wants to deceive. */
  MD5("MD5");

  private final String label;

  HashAlgorithm(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** The one that HASH may be set to by this name. */
  static Optional<HashAlgorithm> forHash(String name) {
    return Arrays.stream(values())
        .filter(a -> a != MD5 && a.label.equalsIgnoreCase(name))
        .findFirst();
  }

  /** As FEAT names them: the one that is set has a star. */
  static String feature(HashAlgorithm set) {
    return Arrays.stream(values())
        .filter(a -> a != MD5)
        .map(a -> a.label + (a == set ? "*" : ""))
        .collect(Collectors.joining(";"));
  }

  /**
   * Reads a stretch of a file; blocks its thread.
   *
   * @param progress told now and then
   * @return in lower-case hex
   */
  String of(FileChannel file, long from, long to, Runnable progress) throws IOException {
    Sum sum = begin();
    ByteBuffer buffer = TransferBuffers.take();
    try {
      long at = from;
      while (at < to) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), to - at));
        int n = file.read(buffer, at);
        if (n < 0) {
          throw new EOFException("the file has become shorter");
        }
        at += n;
        sum.update(buffer.flip());
        progress.run();
      }
      return sum.value();
    } finally {
      TransferBuffers.give(buffer);
    }
  }

  private Sum begin() {
    return this == CRC32 ? new Crc() : new Digest(label);
  }

  /** A checksum in the making. */
  private interface Sum {
    void update(ByteBuffer bytes);

    String value();
  }

  private static final class Crc implements Sum {
    private final java.util.zip.CRC32 crc = new java.util.zip.CRC32();

    @Override
    public void update(ByteBuffer bytes) {
      crc.update(bytes);
    }

    @Override
    public String value() {
      return HexFormat.of().toHexDigits((int) crc.getValue());
    }
  }

  private static final class Digest implements Sum {
    private final MessageDigest digest;

    Digest(String name) {
      try {
        digest = MessageDigest.getInstance(name);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("the Java platform lacks " + name, e);
      }
    }

    @Override
    public void update(ByteBuffer bytes) {
      digest.update(bytes);
    }

    @Override
    public String value() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
