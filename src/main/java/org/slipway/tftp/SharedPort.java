package org.slipway.tftp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** The well-known port as the port of a transfer, for clients behind NAT and firewalls. */
final class SharedPort implements TransferPort {
  private final ListeningSocket socket;
  private final InetSocketAddress client;

  SharedPort(ListeningSocket socket, InetSocketAddress client) {
    this.socket = socket;
    this.client = client;
  }

  @Override
  public void serve(TransferTable.Entry entry) {
    // Its datagrams come through the well-known port.
  }

  @Override
  public boolean send(ByteBuffer datagram) {
    socket.send(datagram, client);
    return true;
  }

  @Override
  public int batch(int length) {
    return 1;
  }

  @Override
  public boolean sendBatch(ByteBuffer datagrams, int length) {
    return send(datagrams);
  }

  @Override
  public void awaitRoom() {
    // What finds no room is lost, and sent again.
  }

  @Override
  public void close() {
    // The socket stays with the listener.
  }
}
