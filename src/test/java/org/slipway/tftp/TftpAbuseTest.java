package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.tftp.wire.TftpCodec;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Data;
import org.slipway.tftp.wire.TftpPacket.ReadRequest;

/** Requests that somebody sends in the name of somebody else, or to wear the server out. */
class TftpAbuseTest {
  /** Between two repetitions, with room for a busy machine. */
  private static final int LONGEST_PAUSE_MILLIS = 13_000;

  @TempDir Path folder;
  private RunningServer server;

  @BeforeEach
  void start() throws IOException {
    server = new RunningServer(folder);
    server.file("file", 1_000_000);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Probe probe(String host) throws IOException {
    return new Probe(server.address(host));
  }

  /** The victim never answers: it did not ask. */
  @Test
  void aSourceThatNeverAcknowledgesGetsABoundedAnswer() throws IOException {
    String[][] requests = {
      {"timeout", "1"},
      {"utimeout", "100000", "blksize", "65464", "windowsize", "64"},
      {"utimeout", "100000", "blksize", "8"}
    };
    for (String[] options : requests) {
      try (Probe victim = probe("127.0.0.1")) {
        int asked = 28 + TftpCodec.encode(request(options)).remaining();
        victim.request("file", options);
        int packets = 0;
        long octets = 0;
        for (Optional<TftpPacket> p = victim.next(3_000); p.isPresent(); p = victim.next(3_000)) {
          packets++;
          octets += 28 + TftpCodec.encode(p.get()).remaining();
        }
        assertThat(packets).isEqualTo(1 + Retransmission.FIRST_PACKET_REPETITIONS);
        assertThat(octets).isLessThanOrEqualTo(7L * asked);
      }
    }
  }

  /** Each answer is a whole block then, and the same number of them is all there is. */
  @Test
  void withoutOptionsTheBoundIsInPackets() throws IOException {
    try (Probe victim = probe("127.0.0.1")) {
      victim.request("file");
      for (int i = 0; i <= Retransmission.FIRST_PACKET_REPETITIONS; i++) {
        Data block = (Data) victim.next(LONGEST_PAUSE_MILLIS).orElseThrow();
        assertThat(block.block()).isEqualTo(1);
        assertThat(block.content().remaining()).isEqualTo(512);
      }
      assertThat(victim.next(LONGEST_PAUSE_MILLIS)).isEmpty();
    }
  }

  private static ReadRequest request(String... options) {
    return new ReadRequest("file", "octet", Probe.map(options));
  }

  /**
   * Without options the answer is a block, the most that anybody gets for a request: 544 octets six
   * times in 30 s with the headers. Asked again, it is sent once for each request.
   */
  @Test
  void theSameRequestAgainIsAnsweredByOnePacket() throws IOException {
    try (Probe victim = probe("127.0.0.1")) {
      for (int i = 0; i < 50; i++) {
        victim.request("file");
        assertThat(victim.nextData().block()).isEqualTo(1);
      }
      assertThat(victim.hearsNothing()).isTrue();
    }
  }

  @Test
  void aFloodFromOneSourceIsMostlyLeftUnanswered() throws IOException {
    try (Probe victim = probe("127.0.0.1");
        Probe other = probe("127.0.0.2")) {
      int answered = 0;
      long start = System.nanoTime();
      for (int i = 0; i < 20_000; i++) {
        victim.request("nothing-" + i);
        if (i % 500 == 0) {
          answered += drained(victim);
        }
      }
      answered += drained(victim);
      double seconds = (System.nanoTime() - start) / 1e9;
      assertThat(answered)
          .isLessThanOrEqualTo(
              RequestBudget.REQUESTS_AT_ONCE
                  + (int) (RequestBudget.REQUESTS_PER_SECOND * (seconds + 1)));
      assertThat(server.journal.ignoredCount()).isGreaterThan(10_000);
      assertThat(other.fetchAfterFlood("file")).hasSize(1_000_000);
    }
  }

  /** A client that acknowledges is no victim: it may ask as often as it likes. */
  @Test
  void whoeverAcknowledgesIsServedWithoutEnd() throws IOException {
    server.file("small", 10);
    for (int i = 0; i < RequestBudget.REQUESTS_AT_ONCE + 2_000; i++) {
      // A port of its own for each transfer (RFC 1350 section 4).
      try (Probe probe = probe("127.0.0.1")) {
        assertThat(probe.fetch("small")).hasSize(10);
      }
    }
  }

  @Test
  void aMillionMalformedPacketsLeaveItAliveAndItsMemoryAsItWas() throws IOException {
    Random random = new Random(1350);
    byte[] packet = new byte[60];
    try (Probe sender = probe("127.0.0.1");
        Probe client = probe("::1")) {
      assertThat(client.fetch("file")).hasSize(1_000_000);
      long before = used();
      for (int i = 0; i < 1_000_000; i++) {
        random.nextBytes(packet);
        packet[0] = 0;
        packet[1] = (byte) (i % 8);
        sender.send(server.address("127.0.0.1"), ByteBuffer.wrap(packet, 0, i % packet.length));
        if (i % 100_000 == 0) {
          assertThat(client.fetchAfterFlood("file")).hasSize(1_000_000);
        }
      }
      assertThat(client.fetchAfterFlood("file")).hasSize(1_000_000);
      assertThat(used() - before).isLessThan(64L << 20);
    }
    assertThat(server.supervisor().status("tftp").orElseThrow().error()).isEmpty();
  }

  private static int drained(Probe probe) {
    int count = 0;
    while (probe.next(20).isPresent()) {
      count++;
    }
    return count;
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
