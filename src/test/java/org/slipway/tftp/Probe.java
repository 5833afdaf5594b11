package org.slipway.tftp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slipway.tftp.wire.MalformedTftpException;
import org.slipway.tftp.wire.TftpCodec;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Acknowledgement;
import org.slipway.tftp.wire.TftpPacket.Data;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;
import org.slipway.tftp.wire.TftpPacket.ReadRequest;
import org.slipway.tftp.wire.TftpPacket.WriteRequest;

/** A client that sends exactly what a test wants, and shows what comes back. */
final class Probe implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int AGAIN_MILLIS = 2_000;

  private final DatagramSocket socket;
  private final InetSocketAddress server;
  private final byte[] room = new byte[65_536];
  private InetSocketAddress peer;

  Probe(InetSocketAddress server) throws SocketException {
    this.server = server;
    this.socket = new DatagramSocket(new InetSocketAddress(server.getAddress(), 0));
    socket.setReceiveBufferSize(4 << 20);
  }

  void request(String file, String... options) {
    send(server, TftpCodec.encode(new ReadRequest(file, "octet", map(options))));
  }

  void request(String file, String mode, Map<String, String> options) {
    send(server, TftpCodec.encode(new ReadRequest(file, mode, options)));
  }

  void write(String file, String mode, String... options) {
    send(server, TftpCodec.encode(new WriteRequest(file, mode, map(options))));
  }

  void data(int block, byte[] content) {
    toTransfer(new Data(block, ByteBuffer.wrap(content)));
  }

  static Map<String, String> map(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /** Sends octets, written as characters below 256, to the well-known port. */
  void raw(String octets) {
    send(server, ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)));
  }

  void raw(byte[] octets, int length) {
    send(server, ByteBuffer.wrap(octets, 0, length));
  }

  void ack(int block) {
    send(peer, TftpCodec.encode(new Acknowledgement(block)));
  }

  void toTransfer(TftpPacket packet) {
    send(peer, TftpCodec.encode(packet));
  }

  void send(InetSocketAddress to, ByteBuffer bytes) {
    byte[] octets = new byte[bytes.remaining()];
    bytes.get(octets);
    try {
      socket.send(new DatagramPacket(octets, octets.length, to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next packet; remembers who sent it. */
  TftpPacket next() {
    return next(PATIENCE_MILLIS)
        .orElseThrow(() -> new AssertionError("the server said nothing for 30 s"));
  }

  Optional<TftpPacket> next(int millis) {
    DatagramPacket packet = new DatagramPacket(room, room.length);
    try {
      socket.setSoTimeout(millis);
      socket.receive(packet);
      peer = (InetSocketAddress) packet.getSocketAddress();
      return Optional.of(
          TftpCodec.decode(ByteBuffer.wrap(Arrays.copyOf(packet.getData(), packet.getLength()))));
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    } catch (IOException | MalformedTftpException e) {
      throw new AssertionError(e);
    }
  }

  Data nextData() {
    return (Data) next();
  }

  /** The data of a block; earlier blocks may come again before it when this machine is busy. */
  Data nextData(int block) {
    Data data = nextData();
    while (data.block() < block) {
      data = nextData();
    }
    return data;
  }

  /** Whether nothing comes for a while; long enough for an answer on loopback. */
  boolean hearsNothing() {
    return next(200).isEmpty();
  }

  InetSocketAddress peer() {
    return peer;
  }

  InetSocketAddress local() {
    return new InetSocketAddress(server.getAddress(), socket.getLocalPort());
  }

  /** Fetches a file as a well-behaved client does, window by window. */
  byte[] fetch(String file, String... options) {
    return fetchAs("octet", file, options);
  }

  byte[] fetchAs(String mode, String file, String... options) {
    request(file, mode, map(options));
    return receive(next(), 0);
  }

  /**
   * The same while the server still has a flood before it: a request that found no room in the
   * buffer of its socket is made again.
   */
  byte[] fetchAfterFlood(String file) {
    for (int tries = PATIENCE_MILLIS / AGAIN_MILLIS; tries > 0; tries--) {
      request(file);
      Optional<TftpPacket> first = next(AGAIN_MILLIS);
      if (first.isPresent()) {
        return receive(first.get(), 0);
      }
    }
    throw new AssertionError("the server said nothing for 30 s");
  }

  /** The same for a client to whom another block follows number 65535. */
  byte[] fetchRollingOverTo(int rollover, String file, String... options) {
    request(file, options);
    return receive(next(), rollover);
  }

  private byte[] receive(TftpPacket first, int rollover) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    TftpPacket packet = first;
    int blksize = 512;
    int window = 1;
    if (packet instanceof OptionAcknowledgement granted) {
      blksize = Integer.parseInt(granted.options().getOrDefault("blksize", "512"));
      window = Integer.parseInt(granted.options().getOrDefault("windowsize", "1"));
      ack(0);
      packet = next();
    }
    int acked = 0;
    int expected = 1;
    while (true) {
      Data data = (Data) packet;
      int number = rollover == 0 ? expected & 0xffff : (expected - 1) % 0xffff + 1;
      if (data.block() == number) {
        byte[] bytes = new byte[data.content().remaining()];
        data.content().get(bytes);
        whole.writeBytes(bytes);
        boolean last = bytes.length < blksize;
        if (last || expected - acked == window) {
          ack(data.block());
          acked = expected;
        }
        if (last) {
          return whole.toByteArray();
        }
        expected++;
      }
      packet = next();
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
