package org.slipway.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;

/**
 * A file that is open for reading. Its channel goes on reading the same file even when another one
 * takes its name.
 *
 * @param size in bytes when it was opened
 */
public record OpenFile(FileChannel channel, long size, Instant modified) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
