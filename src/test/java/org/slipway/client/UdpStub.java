package org.slipway.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;

/** A UDP server on loopback for the length of one test; each datagram is given to its handler. */
final class UdpStub implements AutoCloseable {
  private final DatagramSocket socket;
  private final Thread thread;

  /** What the server does with one datagram. */
  interface Handler {
    void handle(ByteBuffer datagram, InetSocketAddress from) throws Exception;
  }

  UdpStub(Handler handler) throws IOException {
    this(InetAddress.getByName("127.0.0.1"), handler);
  }

  UdpStub(InetAddress address, Handler handler) throws IOException {
    socket = new DatagramSocket(0, address);
    thread = Thread.ofVirtual().start(() -> loop(handler));
  }

  private void loop(Handler handler) {
    byte[] buffer = new byte[UdpPort.MAX_DATAGRAM];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        ByteBuffer datagram = ByteBuffer.wrap(buffer.clone(), 0, packet.getLength());
        handler.handle(datagram, (InetSocketAddress) packet.getSocketAddress());
      } catch (SocketException e) {
        return;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  void send(ByteBuffer datagram, InetSocketAddress to) {
    byte[] bytes = new byte[datagram.remaining()];
    datagram.get(bytes);
    try {
      socket.send(new DatagramPacket(bytes, bytes.length, to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  @Override
  public void close() throws InterruptedException {
    socket.close();
    thread.join();
  }
}
