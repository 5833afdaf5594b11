package org.slipway.client;

/** What scripts rely on: how a command ended. The numbers are part of the outside contract. */
public enum ExitCode {
  DONE(0),
  FAILED(1),
  USAGE(2),
  NOBODY_ANSWERED(3),
  TFTP_FAILED(4),
  FTP_FAILED(5),
  CHECKSUM_MISMATCH(6),
  REFUSED(7);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
