package org.slipway.tftp;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Buffers for reading ahead and for what waits for the disk, used again and again, within a bound.
 * Of one loop only.
 */
final class BlockBuffers {
  private static final int SMALL = 16 << 10;
  private static final int LARGE = 64 << 10;

  private final Deque<ByteBuffer> small = new ArrayDeque<>();
  private final Deque<ByteBuffer> large = new ArrayDeque<>();
  private long free;

  BlockBuffers(long most) {
    this.free = most;
  }

  /** A buffer that is as large as reading ahead pays for; empty if the bound is reached. */
  Optional<ByteBuffer> take(int blksize, int windowsize, long fileSize) {
    long wanted = Math.min(fileSize, (long) blksize * windowsize);
    Deque<ByteBuffer> pool = wanted <= SMALL && blksize <= SMALL / 4 ? small : large;
    ByteBuffer buffer = pool.pollLast();
    return buffer != null ? Optional.of(buffer) : allocate(pool == small ? SMALL : LARGE);
  }

  /** A buffer that holds a block of any size; empty if the bound is reached. */
  Optional<ByteBuffer> takeLarge() {
    ByteBuffer buffer = large.pollLast();
    return buffer != null ? Optional.of(buffer) : allocate(LARGE);
  }

  private Optional<ByteBuffer> allocate(int size) {
    if (free < size) {
      return Optional.empty();
    }
    free -= size;
    return Optional.of(ByteBuffer.allocateDirect(size));
  }

  void giveBack(ByteBuffer buffer) {
    (buffer.capacity() == SMALL ? small : large).addLast(buffer);
  }
}
