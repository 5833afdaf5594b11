package org.slipway.ftp;

import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.function.LongPredicate;

/**
 * An open data connection (RFC 959 section 3.2). What protects its bytes goes behind this
 * interface.
 */
interface DataChannel extends ByteChannel {

  /**
   * Sends a stretch of a file by the shortest way; blocks its thread, so it is called on a platform
   * thread.
   *
   * @param progress told of each piece; says whether to go on
   * @return how many bytes were sent; fewer than asked for only if it was told not to go on
   * @throws java.io.EOFException if the file has become shorter
   */
  long send(FileChannel file, long position, long count, LongPredicate progress) throws IOException;

  /** Says that everything was sent, where the form of the data has a way to say so. */
  default void finish() throws IOException {}

  /** Reads and drops what still comes, so that the peer can finish and read the reply. */
  void discard(Duration most);

  /** Breaks it off from any thread, so that the peer cannot take what it has for the whole. */
  void abort();
}
