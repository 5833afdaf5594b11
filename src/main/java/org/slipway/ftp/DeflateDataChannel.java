package org.slipway.ftp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.function.LongPredicate;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A data connection in MODE Z (draft-preston-ftpext-deflate): all its bytes are one zlib stream
 * (RFC 1950), which tells by itself where it ends.
 */
final class DeflateDataChannel implements DataChannel {
  private static final int BUFFER = 32 * 1024;

  private final DataChannel inner;
  private final Deflater deflater;
  private final Inflater inflater = new Inflater();
  private final ByteBuffer wire = ByteBuffer.allocate(BUFFER);

  /**
   * @param level from 0, which compresses nothing, to 9
   */
  DeflateDataChannel(DataChannel inner, int level) {
    this.inner = inner;
    this.deflater = new Deflater(level);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    try {
      while (into.hasRemaining()) {
        if (inflater.finished()) {
          return end();
        }
        int n = inflater.inflate(into);
        if (n > 0) {
          return n;
        }
        if (inflater.needsDictionary()) {
          throw new IOException("the compressed data needs a dictionary that nobody knows");
        }
        if (!inflater.finished()) {
          fill();
        }
      }
      return 0;
    } catch (DataFormatException e) {
      throw new IOException("the data is no zlib stream", e);
    }
  }

  /** A stream that was cut off is told from a whole one, which MODE S cannot. */
  private void fill() throws IOException {
    if (inner.read(wire.clear()) < 0) {
      throw new IOException("the compressed data was cut off");
    }
    inflater.setInput(wire.flip());
  }

  private int end() throws IOException {
    if (inflater.getRemaining() > 0 || inner.read(wire.clear()) >= 0) {
      throw new IOException("there is more behind the compressed data");
    }
    return -1;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    int before = from.remaining();
    deflater.setInput(from);
    while (!deflater.needsInput()) {
      drain();
    }
    return before;
  }

  private void drain() throws IOException {
    deflater.deflate(wire.clear());
    if (wire.flip().hasRemaining()) {
      inner.write(wire);
    }
  }

  @Override
  public long send(FileChannel file, long position, long count, LongPredicate progress)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    long sent = 0;
    while (sent < count) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), count - sent));
      int n = file.read(buffer, position + sent);
      if (n <= 0) {
        throw new EOFException("the file has become shorter");
      }
      write(buffer.flip());
      sent += n;
      if (!progress.test(n)) {
        break;
      }
    }
    return sent;
  }

  @Override
  public void finish() throws IOException {
    deflater.finish();
    while (!deflater.finished()) {
      drain();
    }
    inner.finish();
  }

  @Override
  public void discard(Duration most) {
    inner.discard(most);
  }

  @Override
  public void abort() {
    inner.abort();
  }

  @Override
  public boolean isOpen() {
    return inner.isOpen();
  }

  @Override
  public void close() throws IOException {
    deflater.end();
    inflater.end();
    inner.close();
  }
}
