package org.slipway.tftp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Between one client and a server: loses, doubles and reorders datagrams in both directions, by a
 * seed. The client sees one address, behind which the server's transfer ports are.
 */
final class LossyNetwork implements AutoCloseable {
  private final DatagramSocket clientSide = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  private final DatagramSocket serverSide = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  private final AtomicReference<InetSocketAddress> client = new AtomicReference<>();
  private final AtomicReference<InetSocketAddress> server;

  LossyNetwork(InetSocketAddress server, long seed, double each) throws IOException {
    this.server = new AtomicReference<>(server);
    clientSide.setReceiveBufferSize(4 << 20);
    serverSide.setReceiveBufferSize(4 << 20);
    Thread.ofPlatform().start(() -> relay(clientSide, client, serverSide, this.server, seed, each));
    Thread.ofPlatform()
        .start(() -> relay(serverSide, this.server, clientSide, client, seed + 1, each));
  }

  InetSocketAddress address() {
    return (InetSocketAddress) clientSide.getLocalSocketAddress();
  }

  private static void relay(
      DatagramSocket in,
      AtomicReference<InetSocketAddress> source,
      DatagramSocket out,
      AtomicReference<InetSocketAddress> target,
      long seed,
      double each) {
    Random random = new Random(seed);
    byte[] held = null;
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    try {
      while (true) {
        in.receive(packet);
        source.set((InetSocketAddress) packet.getSocketAddress());
        byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
        double fate = random.nextDouble() / each;
        if (fate < 1) {
          continue;
        }
        if (fate < 2 && held == null) {
          held = bytes;
          continue;
        }
        send(out, bytes, target.get());
        if (fate >= 2 && fate < 3) {
          send(out, bytes, target.get());
        }
        if (held != null) {
          send(out, held, target.get());
          held = null;
        }
      }
    } catch (IOException e) {
      // closed
    }
  }

  private static void send(DatagramSocket out, byte[] bytes, InetSocketAddress target)
      throws IOException {
    out.send(new DatagramPacket(bytes, bytes.length, target));
  }

  @Override
  public void close() {
    clientSide.close();
    serverSide.close();
  }
}
