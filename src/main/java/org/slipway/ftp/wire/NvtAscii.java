package org.slipway.ftp.wire;

import java.nio.ByteBuffer;

/**
 * Text of TYPE A (RFC 959 section 3.1.1.1): lines end with CR LF on the wire and with LF in files.
 * A state goes along from one buffer to the next, so that a CR LF may fall apart between two.
 */
public final class NvtAscii {
  private NvtAscii() {}

  /** From a file to the wire: CR LF for each LF that has no CR before it. */
  public static final class Encoder {
    private boolean afterCr;

    /** Moves bytes until the input is empty or the output has no room for two more. */
    public void encode(ByteBuffer in, ByteBuffer out) {
      while (in.hasRemaining() && out.remaining() >= 2) {
        byte b = in.get();
        if (b == '\n' && !afterCr) {
          out.put((byte) '\r');
        }
        out.put(b);
        afterCr = b == '\r';
      }
    }
  }

  /** From the wire to a file: LF for each CR LF; a CR alone stays. */
  public static final class Decoder {
    private boolean heldCr;

    /** Moves bytes until the input is empty or the output has no room for two more. */
    public void decode(ByteBuffer in, ByteBuffer out) {
      while (in.hasRemaining() && out.remaining() >= 2) {
        byte b = in.get();
        if (heldCr && b != '\n') {
          out.put((byte) '\r');
        }
        heldCr = b == '\r';
        if (!heldCr) {
          out.put(b);
        }
      }
    }

    /** Gives out what is held back when the text has ended. */
    public void finish(ByteBuffer out) {
      if (heldCr) {
        out.put((byte) '\r');
        heldCr = false;
      }
    }
  }
}
