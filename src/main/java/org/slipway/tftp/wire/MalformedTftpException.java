package org.slipway.tftp.wire;

import java.io.Serial;

/** A datagram that is no TFTP packet. Expected on an open port, so without a stack. */
public final class MalformedTftpException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String field;
  private final int offset;

  /**
   * @param field of the packet that is wrong
   * @param offset in the datagram at which it begins
   */
  public MalformedTftpException(String field, int offset, String problem) {
    super(field + " at " + offset + ": " + problem, null, false, false);
    this.field = field;
    this.offset = offset;
  }

  public String field() {
    return field;
  }

  public int offset() {
    return offset;
  }
}
