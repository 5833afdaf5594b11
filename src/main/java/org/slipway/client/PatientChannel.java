package org.slipway.client;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads a connection without the copy that streams make of everything, and like them gives up when
 * nothing comes for too long: a blocking channel would wait for ever.
 */
final class PatientChannel implements ReadableByteChannel {
  private final SocketChannel channel;
  private final Duration patience;
  private final Thread watch;

  /** When the read began that is waiting; 0 if none is. */
  private volatile long waitingSince;

  private volatile boolean impatient;

  private PatientChannel(SocketChannel channel, Duration patience) {
    this.channel = channel;
    this.patience = patience;
    this.watch = Thread.ofVirtual().start(this::watch);
  }

  /**
   * @param socket encrypted, it is read as the stream that it is
   */
  static ReadableByteChannel of(Socket socket, Duration patience) throws IOException {
    Optional<SocketChannel> channel = ChannelSockets.channel(socket);
    return channel.isPresent()
        ? new PatientChannel(channel.get(), patience)
        : Channels.newChannel(socket.getInputStream());
  }

  private void watch() {
    try {
      for (Duration left = patience; left.isPositive(); left = left()) {
        Thread.sleep(left);
      }
      impatient = true;
      channel.close();
    } catch (InterruptedException e) {
      // Closed.
    } catch (IOException e) {
      // It is gone anyway.
    }
  }

  private Duration left() {
    long since = waitingSince;
    return since == 0 ? patience : patience.minusNanos(System.nanoTime() - since);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    waitingSince = System.nanoTime() | 1;
    try {
      return channel.read(into);
    } catch (AsynchronousCloseException e) {
      if (impatient) {
        throw new SocketTimeoutException("nothing came");
      }
      throw e;
    } finally {
      waitingSince = 0;
    }
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    watch.interrupt();
    channel.close();
  }
}
