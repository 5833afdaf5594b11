package org.slipway.portal;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Ports that nobody uses; all are held until all are chosen, so that no two are the same. */
final class FreePorts implements AutoCloseable {

  private final Deque<AutoCloseable> held = new ArrayDeque<>();

  static List<Integer> tcp(int count) throws IOException {
    List<Integer> ports = new ArrayList<>();
    try (FreePorts free = new FreePorts()) {
      for (int i = 0; i < count; i++) {
        ServerSocket socket = new ServerSocket(0);
        free.held.push(socket);
        ports.add(socket.getLocalPort());
      }
    }
    return ports;
  }

  static List<Integer> udp(int count) throws IOException {
    List<Integer> ports = new ArrayList<>();
    try (FreePorts free = new FreePorts()) {
      for (int i = 0; i < count; i++) {
        DatagramSocket socket = new DatagramSocket(0);
        free.held.push(socket);
        ports.add(socket.getLocalPort());
      }
    }
    return ports;
  }

  @Override
  public void close() throws IOException {
    for (AutoCloseable socket : held) {
      try {
        socket.close();
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
