package org.slipway.bootp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A repeated request gets the reply again, byte for byte, until something has happened. */
class RepeatedRequestTest {
  private static final String KNOWN = "52:54:00:00:00:01";

  private final FixedAssignments assignments = new FixedAssignments();
  private final AtomicLong stamp = new AtomicLong(1);
  private RunningListener server;
  private RfcClient client;

  @BeforeEach
  void start() throws IOException {
    assignments.decisions.put(
        KNOWN,
        request ->
            FixedAssignments.offerOf(KNOWN, "127.0.0.11", "step-" + stamp.get(), stamp.get()));
    server = RunningListener.start(assignments);
    client = server.client();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void theSameXidGetsTheSameReplyByteForByte() throws Exception {
    RfcReply first = client.ask(RfcRequest.of(KNOWN, 1).secs(0));
    RfcReply second = client.ask(RfcRequest.of(KNOWN, 1).secs(4).cookie().end());

    assertThat(second.octets()).isEqualTo(first.octets());
    assertThat(server.listener().counters().repeated()).isEqualTo(1);
  }

  @Test
  void theLastFourXidsAreRemembered() throws Exception {
    RfcReply[] first = new RfcReply[6];
    for (int xid = 1; xid <= 5; xid++) {
      first[xid] = client.ask(RfcRequest.of(KNOWN, xid).secs(0));
    }
    for (int xid = 2; xid <= 5; xid++) {
      assertThat(client.ask(RfcRequest.of(KNOWN, xid).secs(9)).octets())
          .isEqualTo(first[xid].octets());
    }
    assertThat(client.ask(RfcRequest.of(KNOWN, 1).secs(9)).secs()).isEqualTo(9);
  }

  @Test
  void aDeliveryOrAChangeEndsTheRepetition() throws Exception {
    assertThat(client.ask(RfcRequest.of(KNOWN, 1)).file()).isEqualTo("step-1");
    stamp.set(2);

    assertThat(client.ask(RfcRequest.of(KNOWN, 1)).file()).isEqualTo("step-2");
    assertThat(server.listener().counters().repeated()).isZero();
  }
}
