package org.slipway.tftp;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Buffers for reading ahead and for what waits for the disk, used again and again, within a bound.
 * Of one loop only.
 */
final class BlockBuffers {
  private static final int SMALL = 16 << 10;
  private static final int LARGE = 64 << 10;

  private final Deque<ByteBuffer> small = new ArrayDeque<>();
  private final Deque<ByteBuffer> large = new ArrayDeque<>();
  private final IntFunction<ByteBuffer> memory;
  private long free;

  BlockBuffers(long most) {
    this(most, ByteBuffer::allocateDirect);
  }

  BlockBuffers(long most, IntFunction<ByteBuffer> memory) {
    this.free = most;
    this.memory = memory;
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
    try {
      ByteBuffer made = memory.apply(size);
      free -= size;
      return Optional.of(made);
    } catch (OutOfMemoryError e) {
      // What lies outside the heap is shared with everything else; there is less than our bound.
      return Optional.empty();
    }
  }

  void giveBack(ByteBuffer buffer) {
    (buffer.capacity() == SMALL ? small : large).addLast(buffer);
  }
}
