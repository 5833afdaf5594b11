package org.slipway.bootp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever arrives, the listener lives and answers the next one. */
class BadInputTest {
  private static final String KNOWN = "52:54:00:00:00:01";
  private static final String WITNESS = "52:54:00:00:00:ff";
  private static final int MUTATIONS = 10_000;

  private final FixedAssignments assignments = new FixedAssignments();
  private RunningListener server;
  private RfcClient client;
  private int nextXid = 1;

  @BeforeEach
  void start() throws IOException {
    assignments.offer(KNOWN, "127.0.0.11", "boot/kernel");
    assignments.offer(WITNESS, "127.0.0.12", "boot/witness");
    server = RunningListener.start(assignments);
    client = server.client();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void everyPrefixOfAPacketLeavesItAlive() throws Exception {
    for (byte[] packet : captured()) {
      for (int length = 0; length < packet.length; length++) {
        client.send(Arrays.copyOf(packet, length));
        if (length % 50 == 0) {
          stillAnswers();
        }
      }
    }
    stillAnswers();
    assertThat(server.listener().counters().faults()).isZero();
  }

  @Test
  void tenThousandMutationsLeaveItAlive() throws Exception {
    Random random = new Random(19850951);
    List<byte[]> captured = captured();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] packet = captured.get(random.nextInt(captured.size())).clone();
      for (int n = 1 + random.nextInt(6); n > 0; n--) {
        packet[random.nextInt(packet.length)] = (byte) random.nextInt();
      }
      client.send(Arrays.copyOf(packet, random.nextInt(packet.length + 200)));
      if (i % 50 == 0) {
        stillAnswers();
      }
    }
    stillAnswers();
    assertThat(server.listener().counters().faults()).isZero();
  }

  @Test
  void aFaultOfOursIsCountedAndTheLoopGoesOn() throws Exception {
    assignments.decisions.put(
        KNOWN,
        request -> {
          throw new IllegalStateException("a fault on purpose");
        });
    client.askInVain(RfcRequest.of(KNOWN, nextXid++), RfcRequest.of(WITNESS, nextXid++));

    assertThat(server.listener().counters().faults()).isEqualTo(1);
  }

  /** Answers to mutated packets may be under way: the witness's own is looked for. */
  private void stillAnswers() throws IOException {
    int xid = nextXid++;
    RfcReply reply = client.ask(RfcRequest.of(WITNESS, xid));
    while (reply.xid() != xid || !reply.hardware().equals(WITNESS)) {
      reply =
          client
              .receive(java.time.Duration.ofSeconds(30))
              .orElseThrow(() -> new AssertionError("no answer any more"));
    }
  }

  /** As U-Boot, the Linux kernel's ipconfig, a CMU client and a DHCP client send them. */
  private static List<byte[]> captured() {
    byte[] uBoot =
        RfcRequest.of(KNOWN, 0x00345612)
            .file("boot/kernel")
            .cookie()
            .vendor(1, 4, 0, 0, 0, 0, 3, 4, 0, 0, 0, 0, 6, 4, 0, 0, 0, 0)
            .vendor(12, 32)
            .vendor(new int[32])
            .end()
            .length(322)
            .octets();
    byte[] linux =
        RfcRequest.of(KNOWN, 0x12345678)
            .secs(3)
            .cookie()
            .vendor(1, 4, 0, 0, 0, 0, 3, 4, 0, 0, 0, 0, 5, 8, 0, 0, 0, 0, 0, 0, 0, 0)
            .vendor(12, 2, 'a', 'b', 40, 3, 'x', 'y', 'z', 17, 2, '/', 'r', 57, 2, 1, 150)
            .end()
            .octets();
    byte[] cmu =
        RfcRequest.of(KNOWN, 7).flags(0x8000).sname("boot").vendor('C', 'M', 'U', 0, 1).octets();
    byte[] dhcp =
        HexFormat.of()
            .parseHex(
                HexFormat.of().formatHex(RfcRequest.of(KNOWN, 9).length(236).octets())
                    + "63825363350101370401030642ff");
    return List.of(uBoot, linux, cmu, dhcp);
  }
}
