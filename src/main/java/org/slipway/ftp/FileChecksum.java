package org.slipway.ftp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slipway.storage.TransferBuffers;

/** The checksum of a stretch of a file in the making; one thread after the other works on it. */
final class FileChecksum {
  private final HashAlgorithm.Sum sum;
  private final FileChannel file;
  private final long from;
  private final long to;
  private volatile long at;

  FileChecksum(HashAlgorithm algorithm, FileChannel file, long from, long to) {
    this.sum = algorithm.begin();
    this.file = file;
    this.from = from;
    this.to = to;
    this.at = from;
  }

  /**
   * Reads on for a while; blocks its thread.
   *
   * @param goOn asked now and then
   * @return whether all was read
   */
  boolean advance(Duration most, BooleanSupplier goOn) throws IOException {
    long end = System.nanoTime() + most.toNanos();
    ByteBuffer buffer = TransferBuffers.take();
    try {
      while (at < to && System.nanoTime() - end < 0 && goOn.getAsBoolean()) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), to - at));
        int n = file.read(buffer, at);
        if (n < 0) {
          throw new EOFException("the file has become shorter");
        }
        sum.update(buffer.flip());
        at += n;
      }
      return at == to;
    } finally {
      TransferBuffers.give(buffer);
    }
  }

  /** In lower-case hex; once, when all was read. */
  String value() {
    return sum.value();
  }

  String progress() {
    return "Checksum: " + (at - from) + " of " + (to - from) + " bytes read";
  }
}
