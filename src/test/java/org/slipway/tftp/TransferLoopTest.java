package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What must not end the one loop of all transfers. */
class TransferLoopTest {
  @Test
  void anErrorAtOneSocketOrInACallDoesNotEndTheLoop() throws Exception {
    TransferLoop loop = new TransferLoop();
    CountDownLatch received = new CountDownLatch(2);
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    DatagramChannel channel = DatagramChannel.open().bind(new InetSocketAddress(loopback, 0));
    loop.register(
        channel,
        (key, now) -> {
          channel.receive(ByteBuffer.allocate(16));
          received.countDown();
          throw new OutOfMemoryError("no memory outside the heap");
        });
    loop.call(() -> {
      throw new StackOverflowError();
    });
    Thread running =
        Thread.ofPlatform()
            .start(() -> {
              try {
                loop.run();
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    try (DatagramSocket sender = new DatagramSocket()) {
      for (int i = 0; i < 2; i++) {
        sender.send(new DatagramPacket(new byte[1], 1, channel.getLocalAddress()));
      }
      assertThat(received.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(running.isAlive()).isTrue();
    } finally {
      loop.stop();
      assertThat(running.join(Duration.ofSeconds(10))).isTrue();
      loop.close();
    }
  }

  @Test
  void withoutMemoryThereIsNoBufferAndNoError() {
    BlockBuffers buffers =
        new BlockBuffers(
            1L << 30,
            size -> {
              throw new OutOfMemoryError("Cannot reserve direct buffer memory");
            });
    assertThat(buffers.take(1428, 16, 1L << 30)).isEmpty();
    assertThat(buffers.takeLarge()).isEmpty();
  }
}
