package org.slipway.bootp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The boot ROM's side of a TFTP read, written from RFC 1350 and RFC 2349 alone. */
public final class RfcTftp {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int BLOCK = 512;
  private static final byte DATA = 3;
  private static final byte ERROR = 5;
  private static final byte OACK = 6;

  private final InetAddress device;
  private final InetSocketAddress server;

  public RfcTftp(InetAddress device, InetSocketAddress server) {
    this.device = device;
    this.server = server;
  }

  /** The whole file, acknowledged to the end. */
  public byte[] fetch(String path) throws IOException {
    return fetch(path, true);
  }

  /** The whole file; the last block is never acknowledged. */
  byte[] fetchWithoutLastAcknowledgement(String path) throws IOException {
    return fetch(path, false);
  }

  /** Takes the first block and breaks off. */
  void abort(String path) throws IOException {
    try (DatagramSocket socket = open()) {
      send(socket, server, request(path));
      DatagramPacket first = receive(socket);
      require(first, DATA);
      send(socket, (InetSocketAddress) first.getSocketAddress(), error("no space left"));
    }
  }

  /** Asks for the size and goes away, as some loaders do first. */
  void probeSize(String path) throws IOException {
    try (DatagramSocket socket = open()) {
      send(socket, server, request(path, "tsize", "0"));
      DatagramPacket first = receive(socket);
      require(first, OACK);
      send(socket, (InetSocketAddress) first.getSocketAddress(), error("TFTP Aborted"));
    }
  }

  /** Whether the server refuses the file. */
  boolean isRefused(String path) throws IOException {
    try (DatagramSocket socket = open()) {
      send(socket, server, request(path));
      return receive(socket).getData()[1] == ERROR;
    }
  }

  private byte[] fetch(String path, boolean acknowledgeLast) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (DatagramSocket socket = open()) {
      send(socket, server, request(path));
      for (int block = 1; ; ) {
        DatagramPacket packet = receive(socket);
        require(packet, DATA);
        if ((ByteBuffer.wrap(packet.getData()).getShort(2) & 0xFFFF) != block) {
          continue;
        }
        int length = packet.getLength() - 4;
        content.write(packet.getData(), 4, length);
        if (length == BLOCK || acknowledgeLast) {
          byte[] ack = {0, 4, (byte) (block >>> 8), (byte) block};
          send(socket, (InetSocketAddress) packet.getSocketAddress(), ack);
        }
        if (length < BLOCK) {
          return content.toByteArray();
        }
        block++;
      }
    }
  }

  private DatagramSocket open() throws IOException {
    DatagramSocket socket = new DatagramSocket(0, device);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static void send(DatagramSocket socket, InetSocketAddress to, byte[] octets)
      throws IOException {
    socket.send(new DatagramPacket(octets, octets.length, to));
  }

  private static DatagramPacket receive(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[BLOCK + 4], BLOCK + 4);
    socket.receive(packet);
    return packet;
  }

  private static void require(DatagramPacket packet, byte opcode) {
    if (packet.getData()[1] != opcode) {
      throw new AssertionError("opcode " + packet.getData()[1] + " in place of " + opcode);
    }
  }

  private static byte[] request(String path, String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0, 1});
    text(out, path);
    text(out, "octet");
    for (String option : options) {
      text(out, option);
    }
    return out.toByteArray();
  }

  private static byte[] error(String message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0, ERROR, 0, 0});
    text(out, message);
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    out.write(0);
  }
}
