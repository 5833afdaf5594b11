package org.slipway.bootp.wire;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** IPv4 addresses to and from the four octets of a field. */
final class Ipv4 {
  private Ipv4() {}

  static Inet4Address of(int octets) {
    byte[] bytes = {
      (byte) (octets >>> 24), (byte) (octets >>> 16), (byte) (octets >>> 8), (byte) octets
    };
    try {
      return (Inet4Address) InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("four octets are an address", e);
    }
  }

  /** Most address fields are empty: those cost nothing. */
  static Inet4Address get(ByteBuffer packet, int offset) {
    int octets = packet.getInt(offset);
    return octets == 0 ? BootpPacket.UNSET : of(octets);
  }

  static void put(ByteBuffer packet, int offset, Inet4Address address) {
    packet.putInt(offset, address == BootpPacket.UNSET ? 0 : toInt(address));
  }

  /** The hash code of an IPv4 address is specified to be the address itself. */
  private static int toInt(Inet4Address address) {
    return address.hashCode();
  }
}
