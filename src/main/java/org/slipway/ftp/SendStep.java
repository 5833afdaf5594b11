package org.slipway.ftp;

import java.time.Duration;

/**
 * How much of a file is handed to the kernel at a time. The call returns only when all of it has
 * found room, and only then progress is seen: a step that takes a slow reader longer than a session
 * may be idle would look like a stall. So steps begin small, and are large only while they are
 * fast.
 */
final class SendStep {
  private static final int LEAST = 16 * 1024;
  private static final int GROWTH = 16 * 1024;
  private static final int MOST = 512 * 1024;
  private static final long FAST = Duration.ofMillis(20).toNanos();
  private static final long SLOW = Duration.ofMillis(100).toNanos();

  private int bytes = GROWTH;

  int bytes() {
    return bytes;
  }

  void took(long nanos) {
    if (nanos < FAST) {
      bytes = Math.min(MOST, bytes + GROWTH);
    } else if (nanos > SLOW) {
      bytes = Math.max(LEAST, bytes / 2);
    }
  }
}
