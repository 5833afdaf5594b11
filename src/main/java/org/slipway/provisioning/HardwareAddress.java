package org.slipway.provisioning;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A hardware address, shown lower case with colons: {@code 52:54:00:12:34:56}.
 *
 * @param text the canonical spelling; 1 to 16 octets
 */
public record HardwareAddress(String text) implements Comparable<HardwareAddress> {
  private static final int LONGEST = 16 * 3 - 1;
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

  public HardwareAddress {
    if (!isCanonical(text)) {
      throw new IllegalArgumentException("not a hardware address: " + text);
    }
  }

  /** One is made for every boot request: no regular expression. */
  private static boolean isCanonical(String text) {
    int length = text.length();
    if (length % 3 != 2 || length > LONGEST) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean hex = c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
      if (i % 3 == 2 ? c != ':' : !hex) {
        return false;
      }
    }
    return true;
  }

  /** From octets as they stand in a packet. */
  public static HardwareAddress of(byte[] octets) {
    return new HardwareAddress(COLONS.formatHex(octets));
  }

  /**
   * Reads any usual spelling of a 6-octet address: with colons, hyphens, dots (Cisco's {@code
   * 5254.0012.3456}), blanks, or none; capitals too.
   */
  public static Optional<HardwareAddress> parse(String text) {
    String hex = text.strip().toLowerCase(Locale.ROOT);
    if (hex.matches("[0-9a-f]{1,2}([:-][0-9a-f]{1,2}){5}")) {
      return Optional.of(of(padded(hex.split("[:-]"))));
    }
    if (hex.matches("[0-9a-f]{4}[.:-][0-9a-f]{4}[.:-][0-9a-f]{4}")
        || hex.matches("[0-9a-f]{6}[.:-][0-9a-f]{6}")
        || hex.matches("[0-9a-f]{2}( [0-9a-f]{2}){5}")
        || hex.matches("[0-9a-f]{12}")) {
      return Optional.of(of(HexFormat.of().parseHex(hex.replaceAll("[^0-9a-f]", ""))));
    }
    return Optional.empty();
  }

  private static byte[] padded(String[] parts) {
    byte[] octets = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      octets[i] = (byte) Integer.parseInt(parts[i], 16);
    }
    return octets;
  }

  /** As people write it, for searches: with colons, hyphens, nothing, and Cisco's dots. */
  public List<String> spellings() {
    String bare = text.replace(":", "");
    return List.of(text, text.replace(':', '-'), bare, bare.replaceAll("(.{4})(?=.)", "$1."));
  }

  public byte[] octets() {
    return COLONS.parseHex(text);
  }

  @Override
  public int compareTo(HardwareAddress other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
