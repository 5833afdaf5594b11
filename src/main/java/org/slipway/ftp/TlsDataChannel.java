package org.slipway.ftp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.function.LongPredicate;

/** A protected data connection (RFC 4217 section 9). */
record TlsDataChannel(TlsConnection tls, PlainDataChannel socket) implements DataChannel {
  private static final int BUFFER = 256 * 1024;
  private static final int DISCARD_BUFFER = 32 * 1024;

  @Override
  public long send(FileChannel file, long position, long count, LongPredicate progress)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(BUFFER, Math.max(1, count)));
    long end = position + count;
    long at = position;
    while (at < end) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
      int n = file.read(buffer, at);
      if (n <= 0) {
        throw new EOFException("the file has become shorter");
      }
      tls.write(buffer.flip());
      at += n;
      if (!progress.test(n)) {
        break;
      }
    }
    return at - position;
  }

  /** The end counts only with a close_notify: an upload that was cut never becomes a file. */
  @Override
  public int read(ByteBuffer into) throws IOException {
    return tls.read(into);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return tls.write(from);
  }

  @Override
  public void discard(Duration most) {
    long end = System.nanoTime() + most.toNanos();
    ByteBuffer dropped = ByteBuffer.allocate(DISCARD_BUFFER);
    try {
      while (System.nanoTime() < end && tls.read(dropped.clear()) >= 0) {
        // It was to be dropped.
      }
    } catch (IOException e) {
      // The same.
    }
  }

  @Override
  public void abort() {
    socket.abort();
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  /**
   * Clients wait for the close_notify, after uploads too. One that has said the end of its upload
   * may be gone by then, which takes nothing away from the upload.
   */
  @Override
  public void close() throws IOException {
    if (!socket.isOpen()) {
      return;
    }
    try {
      tls.endOutput();
    } catch (IOException e) {
      if (!tls.isEnded()) {
        throw e;
      }
    } finally {
      socket.close();
    }
  }
}
