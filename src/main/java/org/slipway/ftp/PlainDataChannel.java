package org.slipway.ftp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.LongConsumer;

/** A data connection in the clear: the kernel moves the bytes from file to socket by itself. */
final class PlainDataChannel implements DataChannel {
  /**
   * On short paths a fixed buffer costs less than the growing one of the kernel; on long ones it
   * would limit the speed.
   */
  private static final int NEAR_SEND_BUFFER = 256 * 1024;

  /** What a new socket takes at least. */
  private static final int BORN_SEND_BUFFER = 16 * 1024;

  private static final int DISCARD_BUFFER = 8 * 1024;

  private static final byte[] NOTHING = {};

  private final SocketChannel socket;
  private ByteBuffer first = ByteBuffer.wrap(NOTHING);
  private boolean ended;
  private boolean wide;
  private final SendStep step = new SendStep();

  PlainDataChannel(SocketChannel socket) {
    this.socket = socket;
  }

  /**
   * Reads what comes within a moment, for the reads that follow.
   *
   * @param most so many bytes and no more
   * @return whether that was all
   */
  boolean readFirst(int most, Duration moment) throws IOException {
    byte[] bytes = new byte[most];
    int n = 0;
    try {
      long end = System.nanoTime() + moment.toNanos();
      InputStream in = socket.socket().getInputStream();
      for (long left = moment.toMillis(); left > 0 && n < most && !ended; left = left(end)) {
        socket.socket().setSoTimeout((int) left);
        int more = in.read(bytes, n, most - n);
        ended = more < 0;
        n += Math.max(0, more);
      }
    } catch (SocketTimeoutException e) {
      // The rest takes longer than a moment.
    }
    socket.socket().setSoTimeout(0);
    first = ByteBuffer.wrap(bytes, 0, n);
    return ended;
  }

  /** Makes it ready for more than fits into the buffer that it was born with. */
  void widen() throws IOException {
    if (!wide && isNear()) {
      socket.setOption(StandardSocketOptions.SO_SNDBUF, NEAR_SEND_BUFFER);
    }
    wide = true;
  }

  /** On the same machine, link or site. */
  private boolean isNear() throws IOException {
    InetAddress peer = ((InetSocketAddress) socket.getRemoteAddress()).getAddress();
    return peer.isLoopbackAddress() || peer.isLinkLocalAddress() || peer.isSiteLocalAddress();
  }

  private static long left(long end) {
    return (end - System.nanoTime()) / 1_000_000;
  }

  SocketChannel socket() {
    return socket;
  }

  @Override
  public void send(FileChannel file, long position, long count, LongConsumer progress)
      throws IOException {
    widen();
    long at = position;
    long end = position + count;
    while (at < end) {
      long start = System.nanoTime();
      long n = file.transferTo(at, Math.min(end - at, step.bytes()), socket);
      if (n <= 0) {
        throw new EOFException("the file has become shorter");
      }
      at += n;
      step.took(System.nanoTime() - start);
      progress.accept(n);
    }
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (first.hasRemaining() && into.hasRemaining()) {
      int n = Math.min(first.remaining(), into.remaining());
      into.put(first.slice(first.position(), n));
      first.position(first.position() + n);
      return n;
    }
    return ended ? -1 : socket.read(into);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    int n = 0;
    if (from.remaining() > BORN_SEND_BUFFER) {
      widen();
    }
    while (from.hasRemaining()) {
      n += socket.write(from);
    }
    return n;
  }

  @Override
  public boolean isEndProven() {
    return false;
  }

  @Override
  public void discard(Duration most) {
    long end = System.nanoTime() + most.toNanos();
    byte[] dropped = new byte[DISCARD_BUFFER];
    try {
      InputStream in = socket.socket().getInputStream();
      long left = most.toMillis();
      while (left > 0) {
        socket.socket().setSoTimeout((int) left);
        if (in.read(dropped) < 0) {
          return;
        }
        left = left(end);
      }
    } catch (IOException e) {
      // It was to be dropped anyway.
    }
  }

  @Override
  public void abort() {
    try {
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // It is closed already.
    }
    try {
      socket.close();
    } catch (IOException e) {
      // The same.
    }
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
