package org.slipway.transfers;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.slipway.audit.Allowance;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditEntry.Outcome;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.AuditValues;
import org.slipway.audit.Who;
import org.slipway.database.GroupCommit;
import org.slipway.transfers.TransferDescription.Direction;

/** The history of transfers in the database; each is in the audit trail too. */
@Singleton
public final class TransferLog {
  /** The reason of a request for a file that does not exist. */
  public static final String NO_SUCH_FILE = "NO_SUCH_FILE";

  private static final int CHUNK = 1000;

  /** Transfers of nobody in particular that came to nothing: anybody can cause any number. */
  private static final int FAILED_AT_ONCE = 3000;

  private static final int FAILED_PER_MINUTE = 60;

  private final Jdbi jdbi;
  private final GroupCommit writer;
  private final EndedTransfers ended;
  private final AuditTrail audit;
  private final AtomicLong lost = new AtomicLong();
  private final Allowance failed = new Allowance(FAILED_AT_ONCE, FAILED_PER_MINUTE, Instant.EPOCH);

  @Inject
  public TransferLog(Jdbi jdbi, GroupCommit writer, AuditTrail audit) {
    this.jdbi = jdbi;
    this.writer = writer;
    this.ended = new EndedTransfers(writer);
    this.audit = audit;
  }

  /**
   * Never waits: what does not fit into the writer's queue, and what strangers fail at more often
   * than is worth a row, is counted. Both rows are written in the same group, and equal transfers
   * share one of the audit trail.
   */
  void append(TransferRecord t) {
    boolean kept =
        t.outcome() == TransferOutcome.COMPLETE
            || t.description().account().isPresent()
            || failed.take(t.ended());
    if (!kept || !ended.offer(t)) {
      lost.incrementAndGet();
    }
    boolean searched =
        t.outcome() == TransferOutcome.REFUSED && t.reason().orElse("").equals(NO_SUCH_FILE);
    if (!searched) {
      audit.happened(
          who(t.description()),
          t.description().direction() == Direction.UP ? AuditAction.UPLOAD : AuditAction.DOWNLOAD,
          t.description().path(),
          outcome(t.outcome()),
          t.reason().orElse(null),
          AuditValues.of("bytes", t.bytes(), "sha256", t.sha256()));
    }
  }

  private static Who who(TransferDescription d) {
    return new Who(d.account().or(d::device).orElse(""), d.peer(), d.protocol());
  }

  private static Outcome outcome(TransferOutcome outcome) {
    return switch (outcome) {
      case COMPLETE -> Outcome.DONE;
      case REFUSED -> Outcome.REFUSED;
      case ABORTED, FAILED -> Outcome.FAILED;
    };
  }

  /** How many are not in the history. */
  public long lost() {
    return lost.get();
  }

  /** A page of the history, newest first; with all that ended before it was asked for. */
  public List<TransferRecord> page(TransferQuery query, int offset, int limit) {
    return page(query, false, offset, limit);
  }

  /** The same, the oldest first if wanted. */
  public List<TransferRecord> page(
      TransferQuery query, boolean oldestFirst, int offset, int limit) {
    writer.awaitSettled();
    return jdbi.withHandle(h -> TransferRows.page(h, query, oldestFirst, offset, limit));
  }

  /**
   * The same of the transfers with this text.
   *
   * @param account only of this user, where given
   */
  public List<TransferRecord> page(String text, Optional<String> account, int offset, int limit) {
    return page(TransferQuery.of(text, account), offset, limit);
  }

  public long count(TransferQuery query) {
    writer.awaitSettled();
    return jdbi.withHandle(h -> TransferRows.count(h, query));
  }

  public long count(String text, Optional<String> account) {
    return count(TransferQuery.of(text, account));
  }

  /**
   * Hands over every transfer, newest first, without holding them all, nor a connection while the
   * receiver is slow.
   */
  void each(TransferQuery query, Consumer<TransferRecord> receiver) {
    List<TransferRecord> chunk = page(query, 0, CHUNK);
    chunk.forEach(receiver);
    while (chunk.size() == CHUNK) {
      TransferRecord last = chunk.getLast();
      chunk = jdbi.withHandle(h -> TransferRows.after(h, query, last, CHUNK));
      chunk.forEach(receiver);
    }
  }
}
