package org.slipway.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slipway.tftp.wire.ErrorCode;
import org.slipway.tftp.wire.TftpCodec;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Acknowledgement;
import org.slipway.tftp.wire.TftpPacket.Data;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;
import org.slipway.tftp.wire.TftpPacket.Request;

/** A TFTP server for one test: plain lockstep, each transfer from a port of its own. */
final class TftpStub implements AutoCloseable {
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<InetSocketAddress> clients = new CopyOnWriteArrayList<>();
  private final UdpStub udp;

  /** One transfer, as the test wants it to go. */
  interface Script {
    void run(Request request, Transfer transfer) throws Exception;
  }

  TftpStub(Script script) throws IOException {
    udp =
        new UdpStub((datagram, from) -> {
          Request request = (Request) TftpCodec.decode(datagram);
          requests.add(request);
          clients.add(from);
          try (Transfer transfer = new Transfer(from)) {
            script.run(request, transfer);
          }
        });
  }

  /** Serves files, and tells when one was acknowledged to its end. */
  static Script serving(
      Map<String, byte[]> files, BiConsumer<String, InetSocketAddress> onDelivered) {
    return (request, transfer) -> {
      byte[] content = files.get(request.filename());
      if (content == null) {
        transfer.send(new Failure(ErrorCode.FILE_NOT_FOUND, "no such file"));
        return;
      }
      transfer.send(new OptionAcknowledgement(Map.of("tsize", "" + content.length)));
      transfer.expectAcknowledgement(0);
      transfer.sendAll(content);
      onDelivered.accept(request.filename(), transfer.client);
    };
  }

  /**
   * Takes files, each in blocks and windows of the size that the client asks for.
   *
   * @param deaf blocks of which this one is lost once, the first being 1; 0 for none
   */
  static Script accepting(Map<String, byte[]> files, int deaf) {
    return (request, transfer) -> {
      Map<String, String> granted = new HashMap<>(request.options());
      granted.keySet().retainAll(List.of("blksize", "windowsize"));
      transfer.send(new OptionAcknowledgement(granted));
      int blksize = Integer.parseInt(granted.get("blksize"));
      int windowsize = Integer.parseInt(granted.getOrDefault("windowsize", "1"));
      transfer.receiveAll(
          blksize, windowsize, deaf, content -> files.put(request.filename(), content));
    };
  }

  static Script serving(Map<String, byte[]> files) {
    return serving(files, (name, client) -> {});
  }

  List<Request> requests() {
    return requests;
  }

  List<InetSocketAddress> clients() {
    return clients;
  }

  InetSocketAddress address() {
    return udp.address();
  }

  @Override
  public void close() throws InterruptedException {
    udp.close();
  }

  /** The server's end of one transfer. */
  static final class Transfer implements AutoCloseable {
    private static final int BLOCK = 512;
    private static final int PATIENCE_MILLIS = 10_000;

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
    private final InetSocketAddress client;

    Transfer(InetSocketAddress client) throws IOException {
      this.client = client;
      socket.setSoTimeout(PATIENCE_MILLIS);
    }

    InetSocketAddress client() {
      return client;
    }

    void send(TftpPacket packet) throws IOException {
      ByteBuffer bytes = TftpCodec.encode(packet);
      socket.send(new DatagramPacket(bytes.array(), bytes.limit(), client));
    }

    void sendBlock(int number, byte[] content) throws IOException {
      send(new Data(number, ByteBuffer.wrap(content)));
    }

    TftpPacket receive() throws Exception {
      byte[] buffer = new byte[UdpPort.MAX_DATAGRAM];
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      socket.receive(packet);
      return TftpCodec.decode(ByteBuffer.wrap(buffer, 0, packet.getLength()));
    }

    void expectAcknowledgement(int block) throws Exception {
      TftpPacket packet = receive();
      if (!packet.equals(new Acknowledgement(block))) {
        throw new AssertionError("expected ACK " + block + ", got " + packet);
      }
    }

    /** Publishes what came before the last acknowledgement goes out. */
    void receiveAll(int blksize, int windowsize, int deaf, Consumer<byte[]> whole)
        throws Exception {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      int expected = 1;
      int unacknowledged = 0;
      boolean deafOnce = false;
      while (true) {
        Data data = (Data) receive();
        if (data.block() == deaf && !deafOnce) {
          deafOnce = true;
          continue;
        }
        int length = data.content().remaining();
        if (data.block() == (expected & 0xFFFF)) {
          content.write(
              data.content().array(),
              data.content().arrayOffset() + data.content().position(),
              length);
          expected++;
        }
        boolean last = data.block() == ((expected - 1) & 0xFFFF) && length < blksize;
        if (last) {
          whole.accept(content.toByteArray());
        }
        if (++unacknowledged >= windowsize || last || data.block() != ((expected - 1) & 0xFFFF)) {
          unacknowledged = 0;
          send(new Acknowledgement((expected - 1) & 0xFFFF));
        }
        if (last) {
          return;
        }
      }
    }

    /** Blocks of 512, the last one shorter. */
    void sendAll(byte[] content) throws Exception {
      for (int block = 1; ; block++) {
        int from = (block - 1) * BLOCK;
        int to = Math.min(content.length, from + BLOCK);
        sendBlock(block & 0xFFFF, Arrays.copyOfRange(content, from, to));
        expectAcknowledgement(block & 0xFFFF);
        if (to - from < BLOCK) {
          return;
        }
      }
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
