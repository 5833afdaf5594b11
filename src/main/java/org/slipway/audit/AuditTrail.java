package org.slipway.audit;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.slipway.audit.AuditEntry.Outcome;
import org.slipway.database.GroupCommit;

/**
 * Writes and reads the audit trail. Under a flood what was refused is counted instead of being
 * written one by one ({@link OpenRows}); it never waits for the database. What was done always gets
 * there, and waits for room if it must.
 */
@Singleton
public final class AuditTrail {
  private static final Logger LOG = Logger.getLogger(AuditTrail.class.getName());
  private static final int CHUNK = 1000;

  private final Jdbi jdbi;
  private final GroupCommit writer;
  private final Clock clock;
  private final OpenRows rows = new OpenRows();
  private final AtomicLong lost = new AtomicLong();

  @Inject
  public AuditTrail(Jdbi jdbi, GroupCommit writer, Clock clock) {
    this.jdbi = jdbi;
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * Something was done. Not for the writer's own thread, which may not wait for room: {@link
   * #happened}.
   *
   * @param before what changed, as it was ({@link AuditValues}); null where it is new
   * @param after as it is now; null where it is gone
   */
  public void done(Who who, AuditAction action, String subject, String before, String after) {
    OpenRow row = row(who, action, subject, Outcome.DONE, null, before, after);
    if (row != null) {
      writer.submit(row::write);
    }
  }

  /**
   * The same of what programs do in numbers, such as storing files: it is seen a moment later, in
   * one write with its like.
   */
  public void doneOften(Who who, AuditAction action, String subject, String before, String after) {
    OpenRow row = row(who, action, subject, Outcome.DONE, null, before, after);
    if (row != null) {
      writer.hand(row::write);
    }
  }

  /**
   * Something was refused.
   *
   * @param reason a code, such as the kind of the refusal
   */
  public void refused(Who who, AuditAction action, String subject, String reason) {
    offer(row(who, action, subject, Outcome.REFUSED, reason, null, null));
  }

  /**
   * Something that machines do in numbers, such as a transfer: never waits, and what finds no room
   * is counted.
   */
  public void happened(
      Who who, AuditAction action, String subject, Outcome outcome, String reason, String after) {
    offer(row(who, action, subject, outcome, reason, null, after));
  }

  private void offer(OpenRow row) {
    if (row != null && !writer.offer(row::write)) {
      row.notQueued();
      lost.incrementAndGet();
    }
  }

  /** What comes from outside cannot begin a line of the log or steer a terminal that shows it. */
  private static String printable(String text) {
    return text == null ? "" : text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "?");
  }

  /** How many times the queue had no room; what is seen again is still counted. */
  public long lost() {
    return lost.get();
  }

  /** The row that is to be written; null if it is written soon anyway. */
  private OpenRow row(
      Who who,
      AuditAction action,
      String subject,
      Outcome outcome,
      String reason,
      String before,
      String after) {
    LOG.log(Level.FINE, () -> "%s %s %s".formatted(action, outcome, printable(reason)));
    AuditRows.Fixed entry =
        new AuditRows.Fixed(who, action, subject, outcome, reason, before, after).stored();
    Instant now = clock.instant();
    OpenRow row = rows.of(entry, now);
    return row.seen(now, entry.who().address()) ? row : null;
  }

  /** A page of entries, newest first; with everything that was done before it was asked for. */
  public List<AuditEntry> page(AuditQuery query, int offset, int limit) {
    return page(query, false, offset, limit);
  }

  /** The same, the oldest first if wanted. */
  public List<AuditEntry> page(AuditQuery query, boolean oldestFirst, int offset, int limit) {
    writer.awaitSettled();
    return jdbi.withHandle(h -> AuditRows.page(h, query, oldestFirst, offset, limit));
  }

  /** A page of the entries with this text. */
  public List<AuditEntry> page(String text, int offset, int limit) {
    return page(AuditQuery.of(text), offset, limit);
  }

  /** The last sign-ins in the name of an account, done or refused, newest first. */
  public List<AuditEntry> signIns(String username, int limit) {
    return page(
        new AuditQuery(
            "",
            Optional.of(username),
            Optional.empty(),
            Optional.empty(),
            Optional.of(AuditAction.SIGN_IN.name()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        0,
        limit);
  }

  public long count(AuditQuery query) {
    writer.awaitSettled();
    return jdbi.withHandle(h -> AuditRows.count(h, query));
  }

  public long count(String text) {
    return count(AuditQuery.of(text));
  }

  public Optional<AuditEntry> find(long id) {
    return jdbi.withHandle(h -> AuditRows.find(h, id));
  }

  /**
   * Hands over every entry, newest first, without holding them all, nor a connection while the
   * receiver is slow.
   */
  void each(AuditQuery query, Consumer<AuditEntry> receiver) {
    writer.awaitSettled();
    long below = Long.MAX_VALUE;
    List<AuditEntry> chunk;
    do {
      long id = below;
      chunk = jdbi.withHandle(h -> AuditRows.below(h, query, id, CHUNK));
      chunk.forEach(receiver);
      below = chunk.isEmpty() ? 0 : chunk.getLast().id();
    } while (chunk.size() == CHUNK);
  }
}
