package org.slipway.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;

/**
 * A file that is open for reading. Its channel goes on reading the same file even when another one
 * takes its name.
 *
 * @param size in bytes when it was opened
 * @param overwritten tells whether the file itself was written to since then, without another one
 *     taking its name; the portal never does that, somebody at the server may
 */
public record OpenFile(FileChannel channel, long size, Instant modified, Overwritten overwritten)
    implements AutoCloseable {

  /** Looks at the file where it was opened. */
  @FunctionalInterface
  public interface Overwritten {
    boolean now() throws IOException;
  }

  /**
   * Lets the system fetch a stretch from the disk while something else is done; a hint that may
   * come to nothing.
   */
  public void willRead(long position, long length) {
    ReadAdvice.willNeed(channel, position, length);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
