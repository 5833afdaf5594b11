package org.slipway.bootp.wire;

import java.util.Optional;

/** What option 53 says (RFC 2132 section 9.6). */
public enum DhcpMessageType {
  DISCOVER(1),
  OFFER(2),
  REQUEST(3),
  DECLINE(4),
  ACK(5),
  NAK(6),
  RELEASE(7),
  INFORM(8);

  private final int code;

  DhcpMessageType(int code) {
    this.code = code;
  }

  public VendorOption option() {
    return new VendorOption(VendorTag.DHCP_MESSAGE_TYPE, new byte[] {(byte) code});
  }

  /** Empty where the option is missing, of another length, or of a kind that is not ours. */
  public static Optional<DhcpMessageType> of(VendorArea area) {
    return area.option(VendorTag.DHCP_MESSAGE_TYPE)
        .map(VendorOption::data)
        .filter(data -> data.length == 1)
        .flatMap(data -> withCode(data[0]));
  }

  private static Optional<DhcpMessageType> withCode(int code) {
    for (DhcpMessageType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
