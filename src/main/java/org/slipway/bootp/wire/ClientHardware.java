package org.slipway.bootp.wire;

import java.nio.ByteBuffer;

/**
 * The htype, hlen and chaddr fields: who asks. All 16 octets are kept, because a reply copies them
 * unchanged (RFC 951 section 7.3).
 *
 * @param type ARP hardware type, 1 to 255; 1 is Ethernet
 * @param length octets of chaddr that count, 1 to 16
 * @param high octets 0 to 7 of chaddr
 * @param low octets 8 to 15 of chaddr
 */
public record ClientHardware(int type, int length, long high, long low) {
  public static final int ETHERNET = 1;
  public static final int MOST_OCTETS = 16;

  public ClientHardware {
    if (type < 1 || type > 0xFF) {
      throw new IllegalArgumentException("htype out of range: " + type);
    }
    if (length < 1 || length > MOST_OCTETS) {
      throw new IllegalArgumentException("hlen out of range: " + length);
    }
  }

  /** An Ethernet address of six octets. */
  public static ClientHardware ethernet(byte[] octets) {
    return of(ETHERNET, octets);
  }

  public static ClientHardware of(int type, byte[] octets) {
    if (octets.length > MOST_OCTETS) {
      throw new IllegalArgumentException("chaddr too long: " + octets.length);
    }
    ByteBuffer field = ByteBuffer.allocate(MOST_OCTETS).put(0, octets);
    return new ClientHardware(type, octets.length, field.getLong(0), field.getLong(8));
  }

  /** The octets that count. */
  public byte[] octets() {
    ByteBuffer field = ByteBuffer.allocate(MOST_OCTETS).putLong(0, high).putLong(8, low);
    byte[] octets = new byte[length];
    field.get(0, octets);
    return octets;
  }
}
