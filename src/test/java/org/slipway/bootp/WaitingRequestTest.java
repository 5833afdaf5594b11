package org.slipway.bootp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slipway.provisioning.BootDecision;

/** A request that arrives while a delivery settles waits for it, and nobody waits with it. */
class WaitingRequestTest {
  private static final String WAITING = "52:54:00:00:00:01";
  private static final String OTHER = "52:54:00:00:00:02";

  private final FixedAssignments assignments = new FixedAssignments();
  private final CompletableFuture<Void> settled = new CompletableFuture<>();
  private RunningListener server;
  private RfcClient client;

  @BeforeEach
  void start() throws IOException {
    assignments.offer(OTHER, "127.0.0.12", "other");
    assignments.decisions.put(WAITING, request -> new BootDecision.Wait(settled));
    assignments.lateDecisions.put(
        WAITING,
        request ->
            FixedAssignments.offerOf(WAITING, "127.0.0.11", settled.isDone() ? "next" : "same", 1));
    server = RunningListener.start(assignments);
    client = server.client();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void itIsAnsweredWhenTheDeliveryHasSettled() throws Exception {
    waitingKnowsNoEnd();
    client.send(RfcRequest.of(WAITING, 1));
    client.ask(RfcRequest.of(OTHER, 2));
    settled.complete(null);

    RfcReply reply = client.receive(Duration.ofSeconds(30)).orElseThrow();

    assertThat(reply.file()).isEqualTo("next");
    assertThat(server.listener().counters().waited()).isEqualTo(1);
  }

  @Test
  void itIsAnsweredAsThingsStandAfterATenthOfASecond() throws Exception {
    long start = System.nanoTime();
    RfcReply reply = client.ask(RfcRequest.of(WAITING, 1));

    assertThat(reply.file()).isEqualTo("same");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(90));
  }

  @Test
  void aDeliveryThatFailsIsSettledToo() throws Exception {
    settled.completeExceptionally(new IllegalStateException("cannot be written"));

    assertThat(client.ask(RfcRequest.of(WAITING, 1)).file()).isEqualTo("next");
  }

  @Test
  void othersAreAnsweredMeanwhile() throws Exception {
    waitingKnowsNoEnd();
    client.send(RfcRequest.of(WAITING, 1));

    assertThat(client.ask(RfcRequest.of(OTHER, 2)).file()).isEqualTo("other");
    settled.complete(null);
  }

  /** A tenth of a second may pass before this thread comes to its next line. */
  private void waitingKnowsNoEnd() {
    CompletableFuture<Void> patient =
        new CompletableFuture<>() {
          @Override
          public Void get(long timeout, TimeUnit unit)
              throws InterruptedException, ExecutionException {
            return get();
          }
        };
    settled.thenAccept(patient::complete);
    assignments.decisions.put(WAITING, request -> new BootDecision.Wait(patient));
  }

  @Test
  void whoFindsNoRoomToWaitIsAnsweredAtOnce() throws Exception {
    BootpCounters counters = server.listener().counters();
    int requests = BootpService.MOST_WAITING + 50;
    for (int xid = 1; xid <= requests; xid++) {
      client.send(RfcRequest.of(WAITING, xid));
      int sent = xid;
      soon(() -> counters.received() == sent);
    }
    settled.complete(null);
    soon(() -> counters.replies() == requests);

    assertThat(counters.waited()).isBetween(1L, (long) requests);
    assertThat(counters.faults()).isZero();
  }

  private static void soon(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
