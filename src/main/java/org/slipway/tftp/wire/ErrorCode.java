package org.slipway.tftp.wire;

/** The error codes of RFC 1350 (appendix) and RFC 2347. */
public enum ErrorCode {
  NOT_DEFINED(0),
  FILE_NOT_FOUND(1),
  ACCESS_VIOLATION(2),
  DISK_FULL(3),
  ILLEGAL_OPERATION(4),
  UNKNOWN_TRANSFER_ID(5),
  FILE_EXISTS(6),
  NO_SUCH_USER(7),
  OPTION_NEGOTIATION(8);

  private final int number;

  ErrorCode(int number) {
    this.number = number;
  }

  /** As it stands in the packet. */
  public int number() {
    return number;
  }
}
