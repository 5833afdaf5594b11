package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.Test;

/** Several datagrams in one call, where the system can. */
class SegmentationTest {

  @Test
  void oneWriteGoesOutAsSeveralDatagrams() throws IOException {
    assumeTrue(Segmentation.isAvailable(), "no native access, or the JDK is not opened");
    try (DatagramChannel sender = bound();
        DatagramChannel receiver = bound()) {
      sender.connect(receiver.getLocalAddress());
      assertThat(Segmentation.enable(sender, 1_432)).isEqualTo(45);
      sender.write(ByteBuffer.allocate(1_432 * 2 + 7));
      assertThat(received(receiver)).isEqualTo(1_432);
      assertThat(received(receiver)).isEqualTo(1_432);
      assertThat(received(receiver)).isEqualTo(7);
      Segmentation.disable(sender);
      sender.write(ByteBuffer.allocate(2_000));
      assertThat(received(receiver)).isEqualTo(2_000);
    }
  }

  @Test
  void tinyBlocksAreNotSegmented() throws IOException {
    try (DatagramChannel sender = bound()) {
      assertThat(Segmentation.enable(sender, 12)).isEqualTo(1);
    }
  }

  private static DatagramChannel bound() throws IOException {
    return DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static int received(DatagramChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(65_536);
    channel.receive(buffer);
    return buffer.position();
  }
}
