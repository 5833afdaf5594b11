package org.slipway.tftp.wire;

/** The options that are understood, by their names on the wire, with the bounds of their RFCs. */
public final class TransferOption {
  /** Octets in a block (RFC 2348). */
  public static final String BLKSIZE = "blksize";

  /** Seconds before a packet is sent again (RFC 2349). */
  public static final String TIMEOUT = "timeout";

  /** Size of the file in octets (RFC 2349). */
  public static final String TSIZE = "tsize";

  /** Blocks that may be on their way unacknowledged (RFC 7440). */
  public static final String WINDOWSIZE = "windowsize";

  /** Without the option (RFC 1350). */
  public static final int DEFAULT_BLKSIZE = 512;

  public static final int MIN_BLKSIZE = 8;
  public static final int MAX_BLKSIZE = 65464;
  public static final int MIN_TIMEOUT = 1;
  public static final int MAX_TIMEOUT = 255;
  public static final int MIN_WINDOWSIZE = 1;
  public static final int MAX_WINDOWSIZE = 65535;

  private TransferOption() {}
}
