package org.slipway.ftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.slipway.accounts.TrafficLedger;

/**
 * A data connection that moves no more than its account may move, and no faster: where the
 * bandwidth is limited its methods wait, on the thread that calls them.
 */
record MeteredDataChannel(DataChannel inner, TrafficLedger.Meter meter) implements DataChannel {
  /** So much is asked for at a time. */
  private static final long STEP = 1 << 20;

  @Override
  public int read(ByteBuffer into) throws IOException {
    long granted = meter.grant(meter.piece(Math.max(1, into.remaining())));
    if (granted == 0) {
      return readEnd();
    }
    int limit = into.limit();
    into.limit(into.position() + (int) Math.min(granted, into.remaining()));
    try {
      int n = inner.read(into);
      if (n > 0) {
        meter.moved(n);
        pay(n);
      }
      return n;
    } finally {
      into.limit(limit);
    }
  }

  /** What is exactly used up is enough for a transfer that ends here. */
  private int readEnd() throws IOException {
    if (inner.read(ByteBuffer.allocate(1)) < 0) {
      return -1;
    }
    throw meter.over();
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    int written = 0;
    while (from.hasRemaining()) {
      int n = (int) granted(from.remaining());
      pay(n);
      inner.write(from.slice(from.position(), n));
      from.position(from.position() + n);
      meter.moved(n);
      written += n;
    }
    return written;
  }

  @Override
  public void send(FileChannel file, long position, long count, LongConsumer progress)
      throws IOException {
    long sent = 0;
    while (sent < count) {
      long piece = granted(Math.min(count - sent, STEP));
      pay(piece);
      inner.send(
          file,
          position + sent,
          piece,
          n -> {
            progress.accept(n);
            meter.moved(n);
          });
      sent += piece;
    }
  }

  private void pay(long bytes) throws ClosedChannelException {
    if (!meter.pay(bytes)) {
      throw new ClosedChannelException();
    }
  }

  private long granted(long want) {
    long granted = meter.grant(meter.piece(want));
    if (granted == 0) {
      throw meter.over();
    }
    return granted;
  }

  @Override
  public void finish() throws IOException {
    inner.finish();
  }

  @Override
  public boolean isEndProven() {
    return inner.isEndProven();
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
    inner.close();
  }
}
