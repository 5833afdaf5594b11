package org.slipway.storage;

import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/**
 * One file on its way in: written to a hidden place, counted and reserved before each byte,
 * published by {@link #publish} or gone without a trace by {@link #close}.
 */
public interface Upload extends AutoCloseable {

  /**
   * Appends all that the buffer holds.
   *
   * @throws org.slipway.accounts.RefusedException {@code OVER_QUOTA} or {@code DISK_FULL}; nothing
   *     of the file will be kept
   */
  void write(ByteBuffer bytes);

  /**
   * Appends everything that the channel gives until its end.
   *
   * @param progress told of each piece
   * @throws java.io.IOException if the channel fails
   */
  long transferFrom(ReadableByteChannel source, java.util.function.LongConsumer progress)
      throws java.io.IOException;

  /** Bytes written so far. */
  long size();

  /**
   * Forces the file to the disk and gives it its name, all at once.
   *
   * @return the path that it has now, which differs from the asked one under {@code RENAME}
   */
  Published publish();

  /** Drops it unless it was published. */
  @Override
  void close();

  /**
   * A file that has become visible.
   *
   * @param replacedBytes of the file that had the name, if there was one
   */
  record Published(VirtualPath path, long size, Optional<Long> replacedBytes) {
    public boolean replaced() {
      return replacedBytes.isPresent();
    }
  }
}
