package org.slipway.bootp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * A BOOTP client written from RFC 951, RFC 1542 and RFC 1497 alone: it shares no code with the
 * portal, so that a misunderstanding of the packet shows.
 */
public final class RfcClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DatagramSocket socket;
  private final InetSocketAddress server;

  /**
   * @param local address that requests come from, any port
   */
  public RfcClient(InetAddress local, InetSocketAddress server) throws IOException {
    this(new InetSocketAddress(local, 0), server);
  }

  public RfcClient(InetSocketAddress local, InetSocketAddress server) throws IOException {
    this.socket = new DatagramSocket(local);
    this.socket.setBroadcast(true);
    this.server = server;
  }

  public InetSocketAddress localAddress() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  public void send(RfcRequest request) throws IOException {
    send(request.octets());
  }

  public void send(byte[] datagram) throws IOException {
    socket.send(new DatagramPacket(datagram, datagram.length, server));
  }

  /** The next datagram that arrives, if one does in time. */
  public Optional<RfcReply> receive(Duration patience) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    socket.setSoTimeout((int) patience.toMillis());
    try {
      socket.receive(packet);
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    }
    byte[] octets = Arrays.copyOf(packet.getData(), packet.getLength());
    return Optional.of(new RfcReply(octets, (InetSocketAddress) packet.getSocketAddress()));
  }

  /** Sends once and waits for the answer that must come. */
  public RfcReply ask(RfcRequest request) throws IOException {
    send(request);
    return receive(PATIENCE)
        .orElseThrow(() -> new AssertionError("no answer to " + request.hardware()));
  }

  /**
   * Proves that nothing is answered without waiting for nothing: a server with one loop answers in
   * order, so the first answer to come is that to the witness.
   */
  public void askInVain(RfcRequest request, RfcRequest witness) throws IOException {
    askInVain(request.octets(), witness);
  }

  public void askInVain(byte[] datagram, RfcRequest witness) throws IOException {
    send(datagram);
    RfcReply reply = ask(witness);
    if (!reply.hardware().equals(witness.hardware()) || reply.xid() != witness.xid()) {
      throw new AssertionError("an answer where silence was due: " + reply);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
