package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever arrives, it goes on answering. */
class TftpMutationsTest {
  @TempDir static Path folder;
  private static RunningServer server;
  private static byte[] whole;

  @BeforeAll
  static void start() throws IOException {
    server = new RunningServer(folder);
    whole = server.file("boot", 3_000);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void prefixesAndMutationsLeaveItAlive() throws IOException {
    byte[] captured =
        "\0\1boot\0octet\0tsize\0000\0blksize\0001428\0windowsize\00016\0"
            .getBytes(StandardCharsets.ISO_8859_1);
    Random random = new Random(69);
    try (Probe probe = new Probe(server.address("127.0.0.1"))) {
      for (int length = 0; length <= captured.length; length++) {
        probe.raw(captured, length);
      }
      for (int i = 0; i < 10_000; i++) {
        byte[] changed = captured.clone();
        for (int n = random.nextInt(4); n >= 0; n--) {
          changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        probe.raw(changed, changed.length);
      }
    }
    assertAlive();
    assertThat(server.supervisor().status("tftp").orElseThrow().error()).isEmpty();
  }

  @Test
  void mutationsInsideATransferLeaveItAlive() throws IOException {
    Random random = new Random(1350);
    for (int source = 2; source <= 6; source++) {
      mutationsInsideATransfer(random, server.address("127.0.0." + source));
    }
    assertAlive();
  }

  /** From one address only so many requests are answered that nobody acknowledges. */
  private static void mutationsInsideATransfer(Random random, InetSocketAddress address)
      throws IOException {
    try (Probe probe = new Probe(address)) {
      for (int i = 0; i < 2_000; i++) {
        probe.request("boot", "windowsize", "4");
        probe.next();
        byte[] packet = {0, 4, 0, 0};
        packet[1 + random.nextInt(3)] = (byte) random.nextInt(256);
        probe.send(probe.peer(), ByteBuffer.wrap(packet, 0, random.nextInt(5)));
        if (i % 100 == 0) {
          while (probe.next(1).isPresent()) {
            // what is left of earlier turns
          }
        }
      }
    }
  }

  private static void assertAlive() throws IOException {
    try (Probe probe = new Probe(server.address("::1"))) {
      assertThat(probe.fetchAfterFlood("boot")).isEqualTo(whole);
    }
  }
}
