package org.slipway.tftp.wire;

import java.nio.ByteBuffer;

/**
 * Netascii to local text: CR LF becomes LF, CR NUL becomes CR. A CR before anything else, which
 * netascii does not have, stays as it is. Goes on where it was, so that a pair may lie across two
 * buffers.
 */
public final class NetasciiDecoder {
  private boolean afterCr;

  /**
   * Decodes all of the input.
   *
   * @param out has room for one octet more than the input has
   */
  public void decode(ByteBuffer in, ByteBuffer out) {
    while (in.hasRemaining()) {
      byte octet = in.get();
      if (afterCr) {
        afterCr = false;
        if (octet == '\n') {
          out.put((byte) '\n');
          continue;
        }
        out.put((byte) '\r');
        if (octet == 0) {
          continue;
        }
      }
      if (octet == '\r') {
        afterCr = true;
      } else {
        out.put(octet);
      }
    }
  }

  /** Puts out what the end decides: a CR that nothing followed. */
  public void finish(ByteBuffer out) {
    if (afterCr) {
      afterCr = false;
      out.put((byte) '\r');
    }
  }
}
