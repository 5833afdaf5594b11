package org.slipway.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What the blocks of one transfer are cut out of, as it goes over the wire. */
interface BlockSource {

  /** A size that is not known before the end is reached. */
  long UNKNOWN = Long.MAX_VALUE;

  /**
   * Appends octets. The same octets come from the same position, whenever and in whatever order
   * they are asked for, not too far back.
   *
   * @return how many; fewer than asked for only at the end of a source whose size is not known
   * @throws java.io.EOFException if a source of known size has become shorter
   */
  int copy(long position, int length, ByteBuffer into) throws IOException;

  /** What is asked for next: read now, while the client works on what it has. */
  default void prepare(long position, int length) {}
}
