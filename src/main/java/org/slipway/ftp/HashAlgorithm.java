package org.slipway.ftp;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;

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

  /** A checksum of nothing yet. */
  Sum begin() {
    return this == CRC32 ? new Crc() : new Digest(label);
  }

  /** A checksum in the making. */
  interface Sum {
    void update(ByteBuffer bytes);

    /** In lower-case hex. */
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
