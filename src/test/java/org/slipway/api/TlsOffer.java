package org.slipway.api;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HexFormat;

/**
 * A ClientHello (RFC 5246 section 7.4.1.2) that offers one version: with suites of the old ones and
 * with those that the portal speaks, so that nothing but the version can be wrong with it.
 */
final class TlsOffer {
  static final byte HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int[] SUITES = {
    0xC02B, 0xC02C, 0xC02F, 0xC030, 0xC009, 0xC00A, 0xC013, 0xC014, 0x002F, 0x0035
  };

  /** Which curve, points and signatures: secp256r1, uncompressed, each with SHA-256. */
  private static final String EXTENSIONS =
      "000A00040002" + "0017" + "000B00020100" + "000D00080006" + "040308040401";

  private final byte[] record;

  private TlsOffer(byte[] record) {
    this.record = record;
  }

  static TlsOffer ofVersion(int version) throws IOException {
    ByteArrayOutputStream hello = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(hello);
    out.writeShort(version);
    out.write(new byte[32]);
    out.writeByte(0);
    out.writeShort(2 * SUITES.length);
    for (int suite : SUITES) {
      out.writeShort(suite);
    }
    out.writeByte(1);
    out.writeByte(0);
    byte[] extensions = HexFormat.of().parseHex(EXTENSIONS);
    out.writeShort(extensions.length);
    out.write(extensions);
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    DataOutputStream framed = new DataOutputStream(record);
    framed.writeByte(HANDSHAKE);
    framed.writeShort(version);
    framed.writeShort(4 + hello.size());
    framed.writeByte(CLIENT_HELLO);
    framed.writeByte(0);
    framed.writeShort(hello.size());
    hello.writeTo(framed);
    return new TlsOffer(record.toByteArray());
  }

  /** The type of the record that comes back first; empty if there is none. */
  byte[] sendTo(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(record);
      return socket.getInputStream().readNBytes(1);
    }
  }
}
