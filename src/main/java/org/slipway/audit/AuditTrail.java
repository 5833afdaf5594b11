package org.slipway.audit;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slipway.audit.AuditEntry.Outcome;
import org.slipway.database.GroupCommit;

/**
 * Writes and reads the audit trail. Writing never waits for the database: under a flood what does
 * not fit into the queue is counted instead ({@link #lost}).
 */
@Singleton
public final class AuditTrail {
  private static final Logger LOG = Logger.getLogger(AuditTrail.class.getName());

  private final Jdbi jdbi;
  private final GroupCommit writer;
  private final Clock clock;
  private final AtomicLong lost = new AtomicLong();

  @Inject
  public AuditTrail(Jdbi jdbi, GroupCommit writer, Clock clock) {
    this.jdbi = jdbi;
    this.writer = writer;
    this.clock = clock;
  }

  /** Something was done. */
  public void done(Who who, String action, String subject, String before, String after) {
    record(who, action, subject, Outcome.DONE, null, before, after);
  }

  /** Something was refused. */
  public void refused(Who who, String action, String subject, String reason) {
    record(who, action, subject, Outcome.REFUSED, reason, null, null);
  }

  /** How many entries did not fit. */
  public long lost() {
    return lost.get();
  }

  private void record(
      Who who,
      String action,
      String subject,
      Outcome outcome,
      String reason,
      String before,
      String after) {
    LOG.log(
        Level.FINE,
        () ->
            "%s %s %s %s"
                .formatted(printable(who.name()), printable(action), outcome, printable(reason)));
    OffsetDateTime at = clock.instant().atOffset(ZoneOffset.UTC);
    if (!writer.offer(h -> insert(h, at, who, action, subject, outcome, reason, before, after))) {
      lost.incrementAndGet();
    }
  }

  /** What comes from outside cannot begin a line of the log or steer a terminal that shows it. */
  private static String printable(String text) {
    return text == null ? "" : text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "?");
  }

  private static void insert(
      Handle handle,
      OffsetDateTime at,
      Who who,
      String action,
      String subject,
      Outcome outcome,
      String reason,
      String before,
      String after) {
    handle.execute(
        """
        INSERT INTO audit_entry (at, actor, address, channel, action, subject, outcome, reason,
          value_before, value_after, repeats) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
        """,
        at,
        cut(who.name(), 200),
        cut(who.address(), 64),
        cut(who.channel(), 16),
        cut(action, 64),
        cut(subject, 1000),
        outcome.name(),
        cut(reason, 1000),
        cut(before, 4000),
        cut(after, 4000));
  }

  /** PostgreSQL stores no NUL in a text; it is shown by its control picture. */
  private static String cut(String text, int most) {
    if (text == null) {
      return null;
    }
    String storable = text.replace('\0', '\u2400');
    return storable.length() <= most ? storable : storable.substring(0, most);
  }

  /** A page of entries, newest first. */
  public List<AuditEntry> page(String query, int offset, int limit) {
    return jdbi.withHandle(h ->
        h.createQuery(
                "SELECT * FROM audit_entry WHERE "
                    + MATCHES
                    + " ORDER BY id DESC OFFSET :offset ROWS FETCH NEXT :limit ROWS ONLY")
            .bind("q", like(query))
            .bind("offset", offset)
            .bind("limit", limit)
            .map((r, c) ->
                new AuditEntry(
                    r.getObject("at", OffsetDateTime.class).toInstant(),
                    r.getString("actor"),
                    r.getString("address"),
                    r.getString("channel"),
                    r.getString("action"),
                    r.getString("subject"),
                    Outcome.valueOf(r.getString("outcome")),
                    r.getString("reason"),
                    r.getString("value_before"),
                    r.getString("value_after"),
                    r.getLong("repeats")))
            .list());
  }

  public long count(String query) {
    return jdbi.withHandle(h ->
        h.createQuery("SELECT COUNT(*) FROM audit_entry WHERE " + MATCHES)
            .bind("q", like(query))
            .mapTo(long.class)
            .one());
  }

  private static final String MATCHES =
      "(LOWER(COALESCE(actor, '')) LIKE :q OR LOWER(COALESCE(subject, '')) LIKE :q"
          + " OR LOWER(action) LIKE :q OR COALESCE(address, '') LIKE :q)";

  private static String like(String query) {
    String text = query == null ? "" : query.toLowerCase(java.util.Locale.ROOT);
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }
}
