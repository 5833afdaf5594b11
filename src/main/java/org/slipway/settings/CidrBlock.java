package org.slipway.settings;

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

  /** Asked for every packet of some protocols: no detour over big numbers. */
  public boolean contains(InetAddress address) {
    byte[] theirs = address.getAddress();
    byte[] ours = base.getAddress();
    if (theirs.length != ours.length) {
      return false;
    }
    for (int i = 0; i < ours.length; i++) {
      if (((theirs[i] ^ ours[i]) & maskOctet(i, prefix)) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The netmask as an address of the same family. */
  public InetAddress mask() {
    byte[] ones = new byte[base.getAddress().length];
    java.util.Arrays.fill(ones, (byte) 0xff);
    return masked(ofBytes(ones), prefix);
  }

  private static InetAddress masked(InetAddress address, int prefix) {
    byte[] bytes = address.getAddress();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] &= (byte) maskOctet(i, prefix);
    }
    return ofBytes(bytes);
  }

  /** The octet at a place of the netmask. */
  private static int maskOctet(int place, int prefix) {
    int bits = Math.clamp(prefix - 8L * place, 0, 8);
    return 0xFF << (8 - bits) & 0xFF;
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
