package org.slipway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CompletionException;
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
