package org.slipway.tftp;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.slipway.provisioning.BootUploads.BootUpload;
import org.slipway.tftp.wire.NetasciiDecoder;

/** What comes over the wire, turned into what is stored, with its SHA-256 (FIPS 180-4). */
final class ReceivedContent {
  private final boolean netascii;
  private final NetasciiDecoder decoder = new NetasciiDecoder();
  private final MessageDigest digest = sha256Digest();

  ReceivedContent(boolean netascii) {
    this.netascii = netascii;
  }

  /** Writes all of a buffer. */
  void write(ByteBuffer wire, BootUpload upload) {
    if (netascii) {
      ByteBuffer local = ByteBuffer.allocate(wire.remaining() + 1);
      decoder.decode(wire, local);
      store(local.flip(), upload);
    } else {
      store(wire, upload);
    }
  }

  /** Writes what only the end decides. */
  void finish(BootUpload upload) {
    ByteBuffer rest = ByteBuffer.allocate(1);
    decoder.finish(rest);
    store(rest.flip(), upload);
  }

  private void store(ByteBuffer local, BootUpload upload) {
    if (local.hasRemaining()) {
      digest.update(local.duplicate());
      upload.write(local);
    }
  }

  /** In lower-case hex; only once, at the end. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the Java platform lacks SHA-256", e);
    }
  }
}
