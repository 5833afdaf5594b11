package org.slipway.leases;

import java.util.HexFormat;

/**
 * Whose a lease is: the client identifier (option 61), else hardware type and address (RFC 2131
 * section 4.2). The two never meet: a client that sends an identifier is another than one that does
 * not.
 *
 * @param text {@code id:} or {@code hw:} and the octets in hex
 */
public record ClientIdentity(String text) {
  private static final HexFormat HEX = HexFormat.of();

  /** The most octets of an identifier that are told apart; longer ones are made up. */
  private static final int MOST_OCTETS = 255;

  /**
   * @param identifier the data of option 61, at least two octets (RFC 2132 section 9.14)
   * @throws IllegalArgumentException if it is too short or too long
   */
  public static ClientIdentity of(byte[] identifier) {
    if (identifier.length < 2 || identifier.length > MOST_OCTETS) {
      throw new IllegalArgumentException("client identifier of " + identifier.length + " octets");
    }
    return new ClientIdentity("id:" + HEX.formatHex(identifier));
  }

  /**
   * @param type ARP hardware type
   */
  public static ClientIdentity ofHardware(int type, byte[] address) {
    return new ClientIdentity("hw:" + HEX.toHexDigits((byte) type) + HEX.formatHex(address));
  }
}
