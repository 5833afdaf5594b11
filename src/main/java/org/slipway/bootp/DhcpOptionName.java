package org.slipway.bootp;

import java.util.Map;
import java.util.Optional;

/**
 * What an option is called and how its value is written (RFC 2132, RFC 3004, RFC 3046, RFC 4578,
 * RFC 5859 and the registry that IANA keeps).
 *
 * @param title empty for one that is not known
 */
record DhcpOptionName(Optional<String> title, Form form) {

  /** How a value is to be read. */
  enum Form {
    ADDRESSES,
    TEXT,
    NUMBER,
    TAGS,
    MESSAGE_TYPE,
    OCTETS
  }

  private static final Map<Integer, DhcpOptionName> NAMES =
      Map.ofEntries(
          entry(1, "subnet mask", Form.ADDRESSES),
          entry(2, "time offset", Form.NUMBER),
          entry(3, "router", Form.ADDRESSES),
          entry(4, "time servers", Form.ADDRESSES),
          entry(6, "domain name servers", Form.ADDRESSES),
          entry(7, "log servers", Form.ADDRESSES),
          entry(12, "host name", Form.TEXT),
          entry(13, "boot file size", Form.NUMBER),
          entry(15, "domain name", Form.TEXT),
          entry(17, "root path", Form.TEXT),
          entry(18, "extensions path", Form.TEXT),
          entry(26, "interface MTU", Form.NUMBER),
          entry(28, "broadcast address", Form.ADDRESSES),
          entry(33, "static routes", Form.ADDRESSES),
          entry(40, "NIS domain", Form.TEXT),
          entry(41, "NIS servers", Form.ADDRESSES),
          entry(42, "NTP servers", Form.ADDRESSES),
          entry(43, "vendor specific", Form.OCTETS),
          entry(50, "requested address", Form.ADDRESSES),
          entry(51, "lease time", Form.NUMBER),
          entry(52, "overload", Form.NUMBER),
          entry(53, "message type", Form.MESSAGE_TYPE),
          entry(54, "server identifier", Form.ADDRESSES),
          entry(55, "parameter request list", Form.TAGS),
          entry(56, "message", Form.TEXT),
          entry(57, "maximum message size", Form.NUMBER),
          entry(58, "renewal time", Form.NUMBER),
          entry(59, "rebinding time", Form.NUMBER),
          entry(60, "vendor class", Form.TEXT),
          entry(61, "client identifier", Form.OCTETS),
          entry(66, "TFTP server name", Form.TEXT),
          entry(67, "boot file name", Form.TEXT),
          entry(77, "user class", Form.TEXT),
          entry(82, "relay agent information", Form.OCTETS),
          entry(93, "client architecture", Form.NUMBER),
          entry(94, "network interface", Form.OCTETS),
          entry(97, "machine identifier", Form.OCTETS),
          entry(119, "domain search", Form.OCTETS),
          entry(121, "classless static routes", Form.OCTETS),
          entry(128, "PXE vendor 128", Form.OCTETS),
          entry(150, "TFTP server address", Form.ADDRESSES),
          entry(175, "iPXE", Form.OCTETS),
          entry(209, "PXELINUX configuration file", Form.TEXT),
          entry(210, "PXELINUX path prefix", Form.TEXT));

  private static final DhcpOptionName OTHER = new DhcpOptionName(Optional.empty(), Form.OCTETS);

  private static Map.Entry<Integer, DhcpOptionName> entry(int tag, String title, Form form) {
    return Map.entry(tag, new DhcpOptionName(Optional.of(title), form));
  }

  static DhcpOptionName of(int tag) {
    return NAMES.getOrDefault(tag, OTHER);
  }
}
