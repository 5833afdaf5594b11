package org.slipway.client;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * The UDP sockets of one host, served together by one thread: while one is waited for, the others
 * do what they were left with, such as acknowledging a repeated last block. Closing them closes
 * every port, also those that were left so.
 */
final class UdpPorts implements Closeable {
  private final Selector selector;
  private final PacketLoss loss;

  /** For whatever is received: one datagram at a time is looked at. */
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(UdpPort.MAX_DATAGRAM);

  private UdpPorts(Selector selector, PacketLoss loss) {
    this.selector = selector;
    this.loss = loss;
  }

  static UdpPorts open() throws IOException {
    return open(PacketLoss.none());
  }

  /**
   * @param loss of what is sent and of what is received
   */
  static UdpPorts open(PacketLoss loss) throws IOException {
    return new UdpPorts(Selector.open(), loss);
  }

  Selector selector() {
    return selector;
  }

  PacketLoss loss() {
    return loss;
  }

  ByteBuffer buffer() {
    return buffer;
  }

  @Override
  public void close() throws IOException {
    try (selector) {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    }
  }
}
