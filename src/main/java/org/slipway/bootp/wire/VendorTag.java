package org.slipway.bootp.wire;

import java.util.Set;

/** Tags of the vendor area that the portal writes or looks for (RFC 2132 and RFC 1533). */
public final class VendorTag {
  public static final int PAD = 0;
  public static final int SUBNET_MASK = 1;
  public static final int ROUTER = 3;
  public static final int DOMAIN_NAME_SERVER = 6;
  public static final int HOST_NAME = 12;

  /** In blocks of 512 octets, rounded up (RFC 2132 section 3.15). */
  public static final int BOOT_FILE_SIZE = 13;

  public static final int DOMAIN_NAME = 15;
  public static final int ROOT_PATH = 17;
  public static final int EXTENSIONS_PATH = 18;
  public static final int BROADCAST_ADDRESS = 28;
  public static final int NTP_SERVERS = 42;

  /** Its presence makes a message DHCP (RFC 1534). */
  public static final int DHCP_MESSAGE_TYPE = 53;

  public static final int PARAMETER_REQUEST_LIST = 55;
  public static final int END = 255;

  /** RFC 2132 section 9 gives these to DHCP alone. */
  private static final Set<Integer> DHCP_ONLY =
      Set.of(50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 61, 66, 67, 81, 82);

  private VendorTag() {}

  /** Whether an option has no place in a BOOTP message. */
  public static boolean isDhcpOnly(int tag) {
    return DHCP_ONLY.contains(tag);
  }
}
