package org.slipway.settings;

import java.math.BigInteger;
import java.net.InetAddress;

/**
 * A block of addresses of one family in CIDR notation (RFC 4632), such as {@code 10.0.0.0/24}.
 *
 * @param base its first address; bits behind the prefix are zero
 * @param prefix number of leading bits that its addresses share
 */
public record CidrBlock(InetAddress base, int prefix) {

  /** Reads {@code address/prefix}, or one address alone; host bits are cleared. */
  public static CidrBlock parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address = SettingText.address(slash < 0 ? text : text.substring(0, slash));
    int bits = address.getAddress().length * 8;
    int prefix = slash < 0 ? bits : SettingText.number(text.substring(slash + 1), 0, bits);
    return new CidrBlock(masked(address, prefix), prefix);
  }

  public boolean contains(InetAddress address) {
    return address.getAddress().length == base.getAddress().length
        && masked(address, prefix).equals(base);
  }

  /** The netmask as an address of the same family. */
  public InetAddress mask() {
    byte[] ones = new byte[base.getAddress().length];
    java.util.Arrays.fill(ones, (byte) 0xff);
    return masked(ofBytes(ones), prefix);
  }

  private static InetAddress masked(InetAddress address, int prefix) {
    byte[] bytes = address.getAddress();
    BigInteger all = BigInteger.ONE.shiftLeft(bytes.length * 8).subtract(BigInteger.ONE);
    BigInteger mask =
        all.shiftRight(bytes.length * 8 - prefix).shiftLeft(bytes.length * 8 - prefix);
    if (prefix == 0) {
      mask = BigInteger.ZERO;
    }
    BigInteger value = new BigInteger(1, bytes).and(mask);
    byte[] result = new byte[bytes.length];
    byte[] raw = value.toByteArray();
    int length = Math.min(raw.length, result.length);
    System.arraycopy(raw, raw.length - length, result, result.length - length, length);
    return ofBytes(result);
  }

  private static InetAddress ofBytes(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public String toString() {
    return base.getHostAddress() + "/" + prefix;
  }
}
