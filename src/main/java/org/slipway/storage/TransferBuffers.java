package org.slipway.storage;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Direct buffers for bulk transfers, taken when one starts and given back when it ends, so that an
 * idle session holds none. At most {@value #KEPT} are kept.
 */
public final class TransferBuffers {
  private static final int KEPT = 64;
  private static final int BYTES = 256 << 10;
  private static final BlockingQueue<ByteBuffer> POOL = new ArrayBlockingQueue<>(KEPT);

  private TransferBuffers() {}

  /** An empty buffer of 256 KiB. */
  public static ByteBuffer take() {
    ByteBuffer buffer = POOL.poll();
    return buffer == null ? ByteBuffer.allocateDirect(BYTES) : buffer;
  }

  public static void give(ByteBuffer buffer) {
    buffer.clear();
    POOL.offer(buffer);
  }
}
