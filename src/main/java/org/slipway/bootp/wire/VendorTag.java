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
  public static final int VENDOR_SPECIFIC = 43;

  /** The address that a client asks for (RFC 2132 section 9.1). */
  public static final int REQUESTED_ADDRESS = 50;

  /** In seconds (RFC 2132 section 9.2). */
  public static final int LEASE_TIME = 51;

  /** Which of file and sname hold options (RFC 2132 section 9.3). */
  public static final int OVERLOAD = 52;

  /** Its presence makes a message DHCP (RFC 1534). */
  public static final int DHCP_MESSAGE_TYPE = 53;

  public static final int SERVER_IDENTIFIER = 54;
  public static final int PARAMETER_REQUEST_LIST = 55;
  public static final int MESSAGE = 56;

  /** In octets of the IP datagram, at least 576 (RFC 2132 section 9.10). */
  public static final int MAX_MESSAGE_SIZE = 57;

  public static final int RENEWAL_TIME = 58;
  public static final int REBINDING_TIME = 59;
  public static final int CLASS_IDENTIFIER = 60;
  public static final int CLIENT_IDENTIFIER = 61;
  public static final int TFTP_SERVER_NAME = 66;
  public static final int BOOT_FILE_NAME = 67;

  /** RFC 3004. */
  public static final int USER_CLASS = 77;

  /** RFC 3046. */
  public static final int RELAY_AGENT = 82;

  /** RFC 4578 section 2.1. */
  public static final int CLIENT_ARCHITECTURE = 93;

  /** RFC 4578 section 2.3: a type octet and a UUID. */
  public static final int MACHINE_IDENTIFIER = 97;

  /** RFC 5859. */
  public static final int TFTP_SERVER_ADDRESS = 150;

  /** The options that iPXE has of its own, one inside the other. */
  public static final int IPXE = 175;

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
