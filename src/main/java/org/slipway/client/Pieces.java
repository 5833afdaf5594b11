package org.slipway.client;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;

/**
 * Buffers of files that are over, for the next ones: to make a large one takes longer than to fetch
 * a small file. There are never more than files at once needed.
 */
final class Pieces {
  /** What the kernel reads and writes without another copy. */
  static final Pieces OUTSIDE_THE_HEAP = new Pieces(ByteBuffer::allocateDirect);

  /** What is read here too. */
  static final Pieces ON_THE_HEAP = new Pieces(ByteBuffer::allocate);

  private final IntFunction<ByteBuffer> maker;
  private final Queue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

  private Pieces(IntFunction<ByteBuffer> maker) {
    this.maker = maker;
  }

  /** An empty buffer of so many octets. */
  ByteBuffer take(int size) {
    ByteBuffer known = size == PartialFile.LARGE_PIECE ? free.poll() : null;
    return known == null ? maker.apply(size) : known.clear();
  }

  /** Takes back what is not used any more. */
  void giveBack(ByteBuffer piece) {
    if (piece.capacity() == PartialFile.LARGE_PIECE) {
      free.add(piece);
    }
  }
}
