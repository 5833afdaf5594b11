package org.slipway.tftp.wire;

/** The transfer modes by their names on the wire (RFC 1350 section 1). */
public final class TransferMode {
  public static final String OCTET = "octet";
  public static final String NETASCII = "netascii";

  /** Obsolete since RFC 1350. */
  public static final String MAIL = "mail";

  private TransferMode() {}
}
