package org.slipway.client;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.slipway.bootp.wire.BootpCodec;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.bootp.wire.ClientHardware;

/** A BOOTP server that answers as the test says; it keeps what it was asked. */
final class BootpStub implements AutoCloseable {
  private final List<BootpPacket> requests = new CopyOnWriteArrayList<>();
  private final UdpStub udp;

  /**
   * @param answers to a request, none or several
   */
  BootpStub(Function<BootpPacket, List<BootpPacket>> answers) throws IOException {
    udp =
        new UdpStub((datagram, from) -> {
          BootpPacket request = BootpCodec.decode(datagram);
          requests.add(request);
          for (BootpPacket answer : answers.apply(request)) {
            send(answer, from);
          }
        });
  }

  private void send(BootpPacket answer, InetSocketAddress to) {
    ByteBuffer out = ByteBuffer.allocate(BootpCodec.MIN_LENGTH);
    BootpCodec.encode(answer, out);
    udp.send(out.flip(), to);
  }

  static BootpPacket reply(BootpPacket request, String address, String file) {
    return reply(request.hardware(), request.xid(), address, file);
  }

  static BootpPacket reply(ClientHardware hardware, int xid, String address, String file) {
    BootpPacket shape = BootpPacket.request(hardware, xid);
    return new BootpPacket(
        BootpPacket.Op.BOOTREPLY,
        hardware,
        0,
        xid,
        0,
        0,
        shape.ciaddr(),
        ipv4(address),
        ipv4("127.0.0.1"),
        shape.giaddr(),
        "stub",
        file,
        shape.vend());
  }

  static Inet4Address ipv4(String text) {
    try {
      return (Inet4Address) InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  List<BootpPacket> requests() {
    return requests;
  }

  InetSocketAddress address() {
    return udp.address();
  }

  @Override
  public void close() throws InterruptedException {
    udp.close();
  }
}
