package org.slipway.bootp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

/** The end of the socket: its descriptor may be another file's from then on. */
class BootpSocketTest {
  private static final Inet4Address LOOPBACK = Inet4Address.ofLiteral("127.0.0.1");

  @Test
  void nothingIsSentOrReceivedByTheDescriptorOfAClosedSocket() throws Exception {
    BootpSocket socket = BootpSocket.open(LOOPBACK, 0);
    InetSocketAddress own = socket.localAddress();
    socket.close();
    ReplyAddress to = new ReplyAddress(ReplyAddress.Route.BROADCAST, own);
    ByteBuffer datagram = ByteBuffer.allocateDirect(300);
    assertThatThrownBy(() -> socket.send(datagram, to, LOOPBACK, 1))
        .isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> socket.receive(datagram)).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void stoppingIsNoFault() throws Exception {
    for (int i = 0; i < 20; i++) {
      RunningListener server = RunningListener.start(new FixedAssignments());
      server.close();
      assertThat(server.listener().counters().faults()).isZero();
    }
  }
}
