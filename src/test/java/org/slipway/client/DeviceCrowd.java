package org.slipway.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slipway.tftp.wire.MalformedTftpException;
import org.slipway.tftp.wire.TftpCodec;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Acknowledgement;
import org.slipway.tftp.wire.TftpPacket.Data;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;
import org.slipway.tftp.wire.TftpPacket.ReadRequest;

/**
 * Many devices, each from an address of its own, that fetch the same file at once, in one thread.
 */
final class DeviceCrowd implements AutoCloseable {
  private static final int BLKSIZE = 1_428;
  private static final int WINDOW = 8;

  /** After so long without a packet a device says again what it has. */
  private static final long IMPATIENCE = 500_000_000L;

  private final Selector selector = Selector.open();
  private final List<Machine> machines = new ArrayList<>();
  private final InetSocketAddress server;
  private final String file;
  private final byte[] expected;
  private final ByteBuffer in = ByteBuffer.allocateDirect(65_536);

  DeviceCrowd(InetSocketAddress server, int count, String file, byte[] expected)
      throws IOException {
    this.server = server;
    this.file = file;
    this.expected = expected;
    for (int i = 0; i < count; i++) {
      machines.add(
          new Machine(InetAddress.ofLiteral("127.7.%d.%d".formatted(i / 250, 1 + i % 250))));
    }
  }

  /** One device. */
  private final class Machine {
    private final DatagramChannel channel = DatagramChannel.open();
    private InetSocketAddress peer = server;
    private int received;
    private int acked = -1;
    private boolean whole;
    private boolean gapSaid;
    private long heardAt;
    private long endedAfter;

    Machine(InetAddress address) throws IOException {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, 64 << 10);
      channel.bind(new InetSocketAddress(address, 0));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
    }

    void ask(long now) throws IOException {
      Map<String, String> options = new LinkedHashMap<>();
      options.put("blksize", "" + BLKSIZE);
      options.put("windowsize", "" + WINDOW);
      channel.send(TftpCodec.encode(new ReadRequest(file, "octet", options)), server);
      heardAt = now;
    }

    void receive(long now) throws IOException, MalformedTftpException {
      for (peerOf(in.clear()); in.flip().hasRemaining(); peerOf(in.clear())) {
        heardAt = now;
        TftpPacket packet = TftpCodec.decode(in);
        if (packet instanceof OptionAcknowledgement && received == 0) {
          acknowledge();
        } else if (packet instanceof Data data) {
          data(data);
        } else if (!(packet instanceof OptionAcknowledgement)) {
          throw new AssertionError("the server sent " + packet);
        }
      }
    }

    private void peerOf(ByteBuffer buffer) throws IOException {
      InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
      peer = from == null ? peer : from;
    }

    private void data(Data data) throws IOException {
      if (data.block() != (received + 1 & 0xffff)) {
        if (!gapSaid) {
          gapSaid = true;
          acknowledge();
        }
        return;
      }
      gapSaid = false;
      int offset = received * BLKSIZE;
      int length = data.content().remaining();
      if (!data.content().equals(ByteBuffer.wrap(expected, offset, length))) {
        throw new AssertionError("block " + (received + 1) + " is not what the file holds");
      }
      received++;
      whole = length < BLKSIZE;
      if (whole && offset + length != expected.length) {
        throw new AssertionError("the file ended after " + (offset + length) + " octets");
      }
      if (whole || received - acked >= WINDOW) {
        acknowledge();
      }
    }

    private void acknowledge() throws IOException {
      acked = received;
      channel.send(TftpCodec.encode(new Acknowledgement(received & 0xffff)), peer);
    }

    void remind(long now) throws IOException {
      if (!whole && now - heardAt > IMPATIENCE) {
        heardAt = now;
        if (acked < 0) {
          ask(now);
        } else {
          acknowledge();
        }
      }
    }
  }

  /** Lets all of them boot; tells how long each took, the quickest first. */
  List<Duration> boot(Duration patience) throws IOException, MalformedTftpException {
    long start = System.nanoTime();
    for (Machine machine : machines) {
      machine.ask(System.nanoTime());
    }
    long remindAt = start;
    int left = machines.size();
    while (left > 0) {
      long now = System.nanoTime();
      if (now - start > patience.toNanos()) {
        throw new AssertionError(left + " devices have not booted after " + patience);
      }
      selector.select(50);
      for (SelectionKey key : selector.selectedKeys()) {
        Machine machine = (Machine) key.attachment();
        machine.receive(now);
        if (machine.whole && machine.endedAfter == 0) {
          machine.endedAfter = now - start;
          left--;
        }
      }
      selector.selectedKeys().clear();
      if (now - remindAt > IMPATIENCE / 5) {
        remindAt = now;
        for (Machine machine : machines) {
          machine.remind(now);
        }
      }
    }
    return machines.stream().map(m -> Duration.ofNanos(m.endedAfter)).sorted().toList();
  }

  @Override
  public void close() throws IOException {
    for (Machine machine : machines) {
      machine.channel.close();
    }
    selector.close();
  }
}
