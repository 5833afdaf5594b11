package org.slipway.tftp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slipway.provisioning.BootContent.BootTransfer;

/**
 * Blocks of a file out of a buffer that holds a stretch of it, so that not every block is a read;
 * what comes behind it is asked of the disk long before.
 */
final class ReadAhead implements BlockSource {
  /** Some 10 ms at the speed of a gigabit. */
  private static final int ASKED_AHEAD = 1 << 20;

  private final BootTransfer file;
  private final ByteBuffer buffer;
  private long start;
  private long askedUpTo;

  ReadAhead(BootTransfer file, ByteBuffer buffer) {
    this.file = file;
    this.buffer = buffer.clear().limit(0);
    askAhead(0);
  }

  ByteBuffer buffer() {
    return buffer;
  }

  @Override
  public int copy(long position, int length, ByteBuffer into) throws IOException {
    hold(position, length);
    into.put(into.position(), buffer, (int) (position - start), length);
    into.position(into.position() + length);
    return length;
  }

  private void hold(long position, int length) throws IOException {
    if (position < start || position + length > start + buffer.limit()) {
      fill(position, length);
    }
  }

  @Override
  public void prepare(long position, int length) {
    try {
      hold(position, length);
    } catch (IOException e) {
      // Whoever asks for it meets the same, and tells the client.
      buffer.limit(0);
    }
  }

  /** Anew when half of what was asked for is used up. */
  private void askAhead(long position) {
    if (askedUpTo < file.size() && position >= askedUpTo - ASKED_AHEAD / 2) {
      file.willRead(askedUpTo, ASKED_AHEAD);
      askedUpTo += ASKED_AHEAD;
    }
  }

  private void fill(long position, int least) throws IOException {
    askAhead(position);
    start = position;
    buffer.clear();
    int got = 0;
    while (got < least) {
      int n = file.read(buffer, position + got);
      if (n < 0) {
        buffer.limit(0);
        throw new EOFException("shorter than when it was opened");
      }
      got += n;
    }
    buffer.flip();
  }
}
