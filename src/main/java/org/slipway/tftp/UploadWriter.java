package org.slipway.tftp;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.accounts.RefusedException;
import org.slipway.listeners.ListenerThreads;
import org.slipway.provisioning.BootUploads.BootUpload;
import org.slipway.provisioning.BootUploads.UploadGrant;
import org.slipway.transfers.ActiveTransfer;
import org.slipway.transfers.TransferOutcome;

/**
 * Brings one upload to the disk, one thing after the other, on a bulk thread that it has only while
 * there is something to do; so the loop never waits for the disk. It also says how the upload
 * ended, since that is known here first.
 */
final class UploadWriter {
  private static final Logger LOG = Logger.getLogger(UploadWriter.class.getName());
  private static final String FAULT = "a fault of the server; the log has the details";

  private final UploadGrant grant;
  private final ReceivedContent content;
  private final ListenerThreads threads;
  private final ActiveTransfer active;
  private final Events events;
  private final Queue<Runnable> steps = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /** Null before it is open and when it is over. */
  private BootUpload upload;

  private boolean over;

  /** What the loop is to know; called on the writer's thread. */
  interface Events {
    void opened();

    /** The content of a buffer is written or dropped. */
    void written(ByteBuffer buffer);

    void published();

    /** It is over, and nothing of it is left. */
    void failed(RuntimeException fault);
  }

  UploadWriter(
      UploadGrant grant,
      ReceivedContent content,
      ListenerThreads threads,
      ActiveTransfer active,
      Events events) {
    this.grant = grant;
    this.content = content;
    this.threads = threads;
    this.active = active;
    this.events = events;
  }

  void open(OptionalLong announced) {
    step(() -> {
      upload = grant.open(announced);
      events.opened();
    });
  }

  void write(ByteBuffer buffer) {
    submit(() -> {
      try {
        attempt(() -> content.write(buffer, upload));
      } finally {
        events.written(buffer);
      }
    });
  }

  /** The last block is there: makes the file visible. */
  void publish() {
    step(() -> {
      content.finish(upload);
      upload.publish();
      close();
      active.lengthVerified(true);
      active.complete(content.sha256());
      events.published();
    });
  }

  /** Drops it, unless it is published or over already. */
  void drop(String reason) {
    step(() -> {
      close();
      active.end(TransferOutcome.ABORTED, reason);
    });
  }

  private void step(Runnable step) {
    submit(() -> attempt(step));
  }

  private void attempt(Runnable step) {
    if (over) {
      return;
    }
    try {
      step.run();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private void failed(RuntimeException fault) {
    try {
      close();
    } catch (RuntimeException e) {
      fault.addSuppressed(e);
    }
    if (fault instanceof RefusedException refused) {
      active.end(TransferOutcome.REFUSED, refused.refusal().kind().name());
    } else {
      LOG.log(Level.SEVERE, "A file that came by TFTP could not be stored", fault);
      active.end(TransferOutcome.FAILED, FAULT);
    }
    events.failed(fault);
  }

  private void close() {
    over = true;
    if (upload != null) {
      upload.close();
    }
  }

  private void submit(Runnable step) {
    steps.add(step);
    if (waiting.getAndIncrement() == 0) {
      try {
        threads.bulk(() -> {
          runAll();
          return null;
        });
      } catch (RejectedExecutionException e) {
        threads.beside("tftp-upload", this::runAll);
      }
    }
  }

  private void runAll() {
    do {
      try {
        steps.remove().run();
      } catch (RuntimeException e) {
        LOG.log(Level.SEVERE, "A step of an upload failed", e);
      }
    } while (waiting.decrementAndGet() > 0);
  }
}
