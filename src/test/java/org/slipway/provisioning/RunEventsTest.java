package org.slipway.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slipway.database.GroupCommit;

/** When what was recorded can be read. */
class RunEventsTest extends SequenceFixture {
  @Test
  void whoReadsWaitsAlsoForWhatAnotherHasHandedOver() throws Exception {
    GroupCommit writer = new GroupCommit(portal.database);
    RunEvents events = new RunEvents(portal.jdbi, writer, clock);
    events.record(MAC, "BOOTP", "SILENCE", null, "DISABLED");
    CompletableFuture<Void> swept = events.flush();
    CompletableFuture<Void> asked = events.flush();
    assertThat(asked).isNotDone();
    Thread writing = Thread.ofVirtual().start(writer::run);
    asked.get(10, TimeUnit.SECONDS);
    assertThat(swept).isCompleted();
    assertThat(events.outsideOfRuns(MAC, 10))
        .extracting(RunEvent::reason)
        .containsExactly(Optional.of("DISABLED"));
    assertThat(events.flush()).isCompleted();
    writer.stop();
    writing.join();
  }
}
