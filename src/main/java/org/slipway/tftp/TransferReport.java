package org.slipway.tftp;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.listeners.ListenerThreads;
import org.slipway.provisioning.BootContent.BootTransfer;
import org.slipway.tftp.wire.MalformedTftpException;
import org.slipway.transfers.ActiveTransfer;
import org.slipway.transfers.TransferOutcome;

/**
 * Tells the rest of the portal how a transfer goes. A delivery is written to the database before
 * others may see it, which takes time: how it ends is told on a thread of its own, never in the
 * loop.
 */
final class TransferReport {
  private static final Logger LOG = Logger.getLogger(TransferReport.class.getName());

  private final BootTransfer content;
  private final ListenerThreads threads;
  private final LongAdder malformed;
  private ActiveTransfer active;

  TransferReport(BootTransfer content, ListenerThreads threads, LongAdder malformed) {
    this.content = content;
    this.threads = threads;
    this.malformed = malformed;
  }

  /** From now on others can see it, and stop it. */
  void begun(ActiveTransfer begun) {
    active = begun;
  }

  void progressed(long bytes) {
    active.progressed(bytes);
  }

  void lastBlockSent() {
    content.lastBlockSent();
  }

  void malformed(MalformedTftpException e) {
    malformed.increment();
    LOG.log(Level.FINE, "Malformed packet in a transfer: {0}", e.getMessage());
  }

  void delivered() {
    end(() -> {
      content.delivered();
      active.complete();
    });
  }

  void neverAcknowledged(long bytes) {
    String reason = "sent whole, the last block was never acknowledged";
    end(() -> {
      content.neverAcknowledged();
      content.aborted(bytes, reason);
      active.end(TransferOutcome.ABORTED, reason);
    });
  }

  /** All was sent, and the client has gone without acknowledging the last block. */
  void unacknowledged(String reason) {
    end(() -> {
      content.unacknowledged(reason);
      active.end(TransferOutcome.ABORTED, reason);
    });
  }

  void sizeProbed() {
    end(() -> {
      content.sizeProbed();
      active.end(TransferOutcome.ABORTED, "only the size was asked for");
    });
  }

  void aborted(long bytes, String reason) {
    end(() -> {
      content.aborted(bytes, reason);
      active.end(TransferOutcome.ABORTED, reason);
    });
  }

  void failed(long bytes, Exception fault) {
    LOG.log(Level.SEVERE, "A TFTP transfer failed", fault);
    end(() -> {
      content.aborted(bytes, "a fault of the server");
      active.end(TransferOutcome.FAILED, "a fault of the server; the log has the details");
    });
  }

  private void end(Runnable told) {
    Runnable ending =
        () -> {
          try (content) {
            told.run();
          } finally {
            active.end(TransferOutcome.FAILED, "a fault of the server; the log has the details");
          }
        };
    try {
      threads.session("tftp-end", ending);
    } catch (RejectedExecutionException e) {
      ending.run();
    }
  }
}
