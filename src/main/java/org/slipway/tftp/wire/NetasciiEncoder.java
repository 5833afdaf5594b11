package org.slipway.tftp.wire;

import java.nio.ByteBuffer;

/**
 * Local text to netascii (RFC 764 as RFC 1350 section 1 has it): LF becomes CR LF, CR becomes CR
 * NUL, everything else stays. Goes on where it was, so that a pair may lie across two buffers.
 */
public final class NetasciiEncoder {
  private static final int NONE = -1;

  private int second = NONE;

  /**
   * Encodes until all is taken or there is no room; takes no octet that it has nowhere to put. The
   * output may be the beginning of the input's own memory, if it is half as long before it.
   */
  public void encode(ByteBuffer in, ByteBuffer out) {
    flush(out);
    while (in.hasRemaining() && out.hasRemaining()) {
      byte octet = in.get();
      if (octet == '\n') {
        out.put((byte) '\r');
        second = '\n';
      } else if (octet == '\r') {
        out.put((byte) '\r');
        second = 0;
      } else {
        out.put(octet);
      }
      flush(out);
    }
  }

  private void flush(ByteBuffer out) {
    if (second != NONE && out.hasRemaining()) {
      out.put((byte) second);
      second = NONE;
    }
  }

  /** Whether the second half of a pair still waits for room. */
  public boolean isPending() {
    return second != NONE;
  }

  /** How many octets are added to these by encoding them. */
  public static int growth(ByteBuffer octets) {
    int growth = 0;
    for (int i = octets.position(); i < octets.limit(); i++) {
      byte octet = octets.get(i);
      if (octet == '\n' || octet == '\r') {
        growth++;
      }
    }
    return growth;
  }
}
