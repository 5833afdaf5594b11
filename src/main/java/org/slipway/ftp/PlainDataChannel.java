package org.slipway.ftp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.LongPredicate;

/** A data connection in the clear: the kernel moves the bytes from file to socket by itself. */
final class PlainDataChannel implements DataChannel {
  /** So large a step shows progress often enough and costs no speed. */
  private static final long STEP = 512 * 1024;

  /**
   * On short paths a fixed buffer costs less than the growing one of the kernel; on long ones it
   * would limit the speed.
   */
  private static final int NEAR_SEND_BUFFER = 256 * 1024;

  private static final int WAITING_BUFFER = 32 * 1024;
  private static final int DISCARD_BUFFER = 8 * 1024;

  private final SocketChannel socket;

  PlainDataChannel(SocketChannel socket) throws IOException {
    this.socket = socket;
    InetAddress peer = ((InetSocketAddress) socket.getRemoteAddress()).getAddress();
    if (peer.isLoopbackAddress() || peer.isLinkLocalAddress() || peer.isSiteLocalAddress()) {
      socket.setOption(StandardSocketOptions.SO_SNDBUF, NEAR_SEND_BUFFER);
    }
  }

  SocketChannel socket() {
    return socket;
  }

  @Override
  public long send(FileChannel file, long position, long count, LongPredicate progress)
      throws IOException {
    long at = position;
    long end = position + count;
    while (at < end) {
      long n = file.transferTo(at, Math.min(end - at, STEP), socket);
      if (n == 0 && at < file.size()) {
        n = sendWaiting(file, at, end - at);
      }
      if (n <= 0) {
        throw new EOFException("the file has become shorter");
      }
      at += n;
      if (!progress.test(n)) {
        break;
      }
    }
    return at - position;
  }

  /**
   * Once a virtual thread has written to a socket the platform has it not block, and {@code
   * transferTo} gives up where the socket's buffer is full; a plain write waits.
   */
  private int sendWaiting(FileChannel file, long at, long most) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(WAITING_BUFFER, most));
    int n = file.read(buffer, at);
    write(buffer.flip());
    return n;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return socket.read(into);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    int n = 0;
    while (from.hasRemaining()) {
      n += socket.write(from);
    }
    return n;
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
        left = (end - System.nanoTime()) / 1_000_000;
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
