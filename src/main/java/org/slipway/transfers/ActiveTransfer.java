package org.slipway.transfers;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * A transfer that runs now. Progress costs one addition; it is ended exactly once, later calls do
 * nothing.
 */
public final class ActiveTransfer {
  private final UUID id;
  private final TransferDescription description;
  private final Instant started;
  private final Runnable cancel;
  private final Ended ended;
  private final LongAdder bytes = new LongAdder();
  private final AtomicBoolean over = new AtomicBoolean();
  private final RecentRate rate;
  private volatile Boolean lengthVerified;

  @FunctionalInterface
  interface Ended {
    void ended(ActiveTransfer transfer, TransferOutcome outcome, String reason, String sha256);
  }

  ActiveTransfer(TransferDescription description, Instant started, Runnable cancel, Ended ended) {
    this.description = description;
    this.started = started;
    this.id = TransferId.at(started);
    this.cancel = cancel;
    this.ended = ended;
    this.rate = new RecentRate(started);
  }

  public UUID id() {
    return id;
  }

  public TransferDescription description() {
    return description;
  }

  public Instant started() {
    return started;
  }

  /** Bytes moved so far. */
  public long bytes() {
    return bytes.sum();
  }

  public void progressed(long more) {
    bytes.add(more);
  }

  /** Bytes a second over the last {@link RecentRate#SPAN}; since the start while it is younger. */
  public long bytesPerSecond(Instant now) {
    return rate.perSecond(now, bytes());
  }

  /** Called about once a second, so that nothing is done for each packet. */
  void sample(Instant now) {
    rate.sample(now, bytes());
  }

  /**
   * Says of a whole upload whether its length is proven, before it is complete: by a protocol that
   * tells where a file ends, or by a length that was announced.
   */
  public void lengthVerified(boolean proven) {
    lengthVerified = proven;
  }

  /** Empty where nobody has asked, as with downloads. */
  Optional<Boolean> lengthVerified() {
    return Optional.ofNullable(lengthVerified);
  }

  public void complete() {
    end(TransferOutcome.COMPLETE, null, null);
  }

  /**
   * @param sha256 of the whole file in lower-case hex
   */
  public void complete(String sha256) {
    end(TransferOutcome.COMPLETE, null, sha256);
  }

  /**
   * @param reason short, for an administrator; no path of the server
   */
  public void end(TransferOutcome outcome, String reason) {
    end(outcome, reason, null);
  }

  /** Asks the protocol to stop it. */
  public void cancel() {
    cancel.run();
  }

  private void end(TransferOutcome outcome, String reason, String sha256) {
    if (over.compareAndSet(false, true)) {
      ended.ended(this, outcome, reason, sha256);
    }
  }
}
