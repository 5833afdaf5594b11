package org.slipway.api;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A ClientHello (RFC 5246 section 7.4.1.2) that offers one old version with usual suites. */
final class TlsOffer {
  static final byte ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int[] SUITES = {0xC009, 0xC00A, 0xC013, 0xC014, 0x002F, 0x0035};

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

  /** What comes back at first. */
  byte[] sendTo(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(record);
      return socket.getInputStream().readNBytes(1);
    }
  }
}
