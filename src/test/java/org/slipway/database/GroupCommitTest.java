package org.slipway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditEntry.Outcome;
import org.slipway.audit.Who;
import org.slipway.portal.PortalParts;

/** What a write may ask of the writer that runs it. */
class GroupCommitTest {
  @TempDir Path folder;
  private PortalParts portal;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder);
  }

  @AfterEach
  void close() {
    portal.close();
  }

  @Test
  void aWriteThatWouldWaitForItsOwnWriterFails() {
    GroupCommit writer = portal.writer;
    assertThatThrownBy(() -> writer.submit(h -> writer.submit(inner -> {})).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> writer.submit(h -> done()).join())
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  private void done() {
    portal.audit.done(Who.SYSTEM, AuditAction.DEVICE_ADDED, "x", null, null);
  }

  @Test
  void anErrorOfOneWriteDoesNotEndTheWriter() {
    AtomicBoolean written = new AtomicBoolean();
    assertThatThrownBy(() ->
            portal
                .writer
                .submit(h -> {
                  throw new OutOfMemoryError("no memory outside the heap");
                })
                .orTimeout(10, TimeUnit.SECONDS)
                .join())
        .hasCauseInstanceOf(OutOfMemoryError.class);
    portal.writer.submit(h -> written.set(true)).orTimeout(10, TimeUnit.SECONDS).join();
    assertThat(written).isTrue();
  }

  @Test
  void whoReadsWaitsForWhatWasQueuedBefore() {
    for (int i = 0; i < 20; i++) {
      AtomicBoolean written = new AtomicBoolean();
      portal.writer.offer(h -> written.set(true));
      portal.writer.awaitSettled();
      assertThat(written).isTrue();
    }
  }

  @Test
  void theTrailHoldsWhatWasRefusedAMomentAgo() {
    for (int i = 0; i < 20; i++) {
      portal.audit.refused(Who.SYSTEM, AuditAction.DEVICE_ADDED, "z" + i, "NO");
      assertThat(portal.audit.page("", 0, 1).getFirst().subject()).isEqualTo("z" + i);
    }
  }

  @Test
  void aWriteMayOfferAnother() {
    AtomicBoolean written = new AtomicBoolean();
    portal.writer.submit(h -> portal.writer.offer(inner -> written.set(true))).join();
    portal
        .writer
        .submit(h ->
            portal.audit.happened(
                Who.SYSTEM, AuditAction.DEVICE_ADDED, "y", Outcome.DONE, null, null))
        .join();
    portal.settle();
    assertThat(written).isTrue();
    assertThat(portal.audit.page("DEVICE_ADDED", 0, 10)).hasSize(1);
  }
}
