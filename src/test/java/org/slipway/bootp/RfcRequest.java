package org.slipway.bootp;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** A BOOTREQUEST as RFC 951 section 3 lays it out; every field can be made wrong. */
public final class RfcRequest {
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

  private final ByteBuffer fixed = ByteBuffer.allocate(236);
  private final ByteArrayOutputStream vendor = new ByteArrayOutputStream();
  private final String hardware;
  private int length = 300;

  private RfcRequest(String hardware, int xid) {
    this.hardware = hardware;
    byte[] octets = COLONS.parseHex(hardware);
    fixed.put(0, (byte) 1).put(1, (byte) 1).put(2, (byte) octets.length);
    fixed.putInt(4, xid);
    fixed.put(28, octets);
  }

  /**
   * @param hardware lower-case, with colons
   */
  public static RfcRequest of(String hardware, int xid) {
    return new RfcRequest(hardware, xid);
  }

  public String hardware() {
    return hardware;
  }

  public int xid() {
    return fixed.getInt(4);
  }

  /** Any octet of the fixed part. */
  public RfcRequest octet(int offset, int value) {
    fixed.put(offset, (byte) value);
    return this;
  }

  public RfcRequest secs(int secs) {
    fixed.putShort(8, (short) secs);
    return this;
  }

  public RfcRequest flags(int flags) {
    fixed.putShort(10, (short) flags);
    return this;
  }

  public RfcRequest ciaddr(String address) {
    return address(12, address);
  }

  public RfcRequest giaddr(String address) {
    return address(24, address);
  }

  public RfcRequest sname(String name) {
    return text(44, 64, name);
  }

  public RfcRequest file(String name) {
    return text(108, 128, name);
  }

  /** The magic cookie 99.130.83.99. */
  public RfcRequest cookie() {
    vendor.writeBytes(new byte[] {99, (byte) 130, 83, 99});
    return this;
  }

  /** Octets of the vendor area after what is there already. */
  public RfcRequest vendor(int... octets) {
    for (int octet : octets) {
      vendor.write(octet);
    }
    return this;
  }

  public RfcRequest end() {
    return vendor(255);
  }

  /** Length of the whole message; what is longer is cut off. */
  public RfcRequest length(int octets) {
    length = octets;
    return this;
  }

  public byte[] octets() {
    byte[] message = Arrays.copyOf(fixed.array(), Math.max(length, 236 + vendor.size()));
    System.arraycopy(vendor.toByteArray(), 0, message, 236, vendor.size());
    return Arrays.copyOf(message, length);
  }

  private RfcRequest address(int offset, String address) {
    fixed.put(offset, InetAddress.ofLiteral(address).getAddress());
    return this;
  }

  private RfcRequest text(int offset, int room, String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    fixed.put(offset, Arrays.copyOf(octets, room));
    return this;
  }
}
