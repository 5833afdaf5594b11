package org.slipway.storage;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Direct buffers for bulk transfers, taken when one starts and given back when it ends, so that an
 * idle session holds none. At most {@value #KEPT} are kept. Direct memory is limited: when very
 * many transfers run at once, the later ones get smaller buffers.
 */
public final class TransferBuffers {
  private static final int KEPT = 64;
  private static final int BYTES = 256 << 10;
  private static final int MOST_LARGE = 512;
  private static final int SMALL_BYTES = 32 << 10;
  private static final BlockingQueue<ByteBuffer> POOL = new ArrayBlockingQueue<>(KEPT);
  private static final AtomicInteger LARGE = new AtomicInteger();

  private TransferBuffers() {}

  /** An empty buffer, of 256 KiB as a rule. */
  public static ByteBuffer take() {
    if (LARGE.incrementAndGet() > MOST_LARGE) {
      LARGE.decrementAndGet();
      return ByteBuffer.allocateDirect(SMALL_BYTES);
    }
    ByteBuffer buffer = POOL.poll();
    return buffer == null ? ByteBuffer.allocateDirect(BYTES) : buffer;
  }

  public static void give(ByteBuffer buffer) {
    if (buffer.capacity() == BYTES) {
      LARGE.decrementAndGet();
      POOL.offer(buffer.clear());
    }
  }
}
