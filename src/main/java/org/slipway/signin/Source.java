package org.slipway.signin;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where attempts come from, as far as they can be told apart: an IPv4 address, or the /64 of an
 * IPv6 address, because one customer has all addresses of it.
 *
 * @param text as people read it, such as {@code 192.0.2.1} or {@code 2001:db8:0:1:0:0:0:0/64}
 */
public record Source(String text) {
  private static final int SUBNET_OCTETS = 8;

  public static Source of(InetAddress address) {
    return address instanceof Inet6Address ? subnet(address) : new Source(address.getHostAddress());
  }

  private static Source subnet(InetAddress address) {
    byte[] octets = address.getAddress();
    Arrays.fill(octets, SUBNET_OCTETS, octets.length, (byte) 0);
    try {
      return new Source(InetAddress.getByAddress(octets).getHostAddress() + "/64");
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
