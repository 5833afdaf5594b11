package org.slipway.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slipway.audit.AuditEntry.Outcome;
import org.slipway.database.Conditions;

/**
 * The table {@code audit_entry}. Rows are added; nothing changes one but the count of a row that is
 * still open, and nothing deletes one but the retention.
 */
final class AuditRows {
  /** UTF-16 units that are kept of each text. */
  static final int ACTOR = 200;

  static final int ADDRESS = 64;
  static final int SUBJECT = 2000;
  static final int REASON = 1000;
  static final int VALUE = 32_768;

  /** The names of channels and actions, which are ours. */
  private static final int NAME = 64;

  private static final String TEXT =
      "(LOWER(actor) LIKE :q OR LOWER(subject) LIKE :q OR LOWER(action) LIKE :q"
          + " OR address LIKE :q OR LOWER(reason) LIKE :q"
          + " OR LOWER(value_before) LIKE :q OR LOWER(value_after) LIKE :q)";

  private AuditRows() {}

  /** What does not change in a row. */
  record Fixed(
      Who who,
      AuditAction action,
      String subject,
      Outcome outcome,
      String reason,
      String before,
      String after) {

    /** With every text cut to what is kept, so that nobody fills the memory with what waits. */
    Fixed stored() {
      return new Fixed(
          new Who(
              StoredText.write(who.name(), ACTOR),
              StoredText.write(who.address(), ADDRESS),
              who.channel()),
          action,
          StoredText.write(subject, SUBJECT),
          outcome,
          StoredText.write(reason, REASON),
          StoredText.write(before, VALUE),
          StoredText.write(after, VALUE));
    }
  }

  static long insert(Handle handle, Fixed row, Instant at, Instant last, long repeats) {
    return handle
        .createUpdate(
            """
            INSERT INTO audit_entry (at, last_at, actor, address, channel, action, subject, outcome,
              reason, value_before, value_after, repeats)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .bind(0, time(at))
        .bind(1, time(last))
        .bind(2, row.who().name())
        .bind(3, row.who().address())
        .bind(4, row.who().channel())
        .bind(5, row.action().name())
        .bind(6, row.subject())
        .bind(7, row.outcome().name())
        .bind(8, row.reason())
        .bind(9, row.before())
        .bind(10, row.after())
        .bind(11, repeats)
        .executeAndReturnGeneratedKeys("id")
        .mapTo(long.class)
        .one();
  }

  /** Counts on a row that is still open; false if it is not there. */
  static boolean seenAgain(Handle handle, long id, Instant last, String after, long repeats) {
    return handle.execute(
            "UPDATE audit_entry SET last_at = ?, value_after = ?, repeats = ? WHERE id = ?",
            time(last),
            after,
            repeats,
            id)
        > 0;
  }

  /** Deletes the oldest rows before a time; so many at most. */
  static int deleteBefore(Handle handle, Instant limit, int most) {
    return handle.execute(
        """
        DELETE FROM audit_entry WHERE id IN
          (SELECT id FROM audit_entry WHERE at < ? ORDER BY at FETCH FIRST %d ROWS ONLY)
        """
            .formatted(most),
        time(limit));
  }

  static List<AuditEntry> page(
      Handle handle, AuditQuery query, boolean oldestFirst, int offset, int limit) {
    Conditions where = conditions(query);
    return where
        .bind(
            handle.createQuery(
                "SELECT * FROM audit_entry"
                    + where.sql()
                    + (oldestFirst ? " ORDER BY id" : " ORDER BY id DESC")
                    + " OFFSET :offset ROWS FETCH NEXT :limit ROWS ONLY"))
        .bind("offset", offset)
        .bind("limit", limit)
        .map((r, c) -> read(r))
        .list();
  }

  /** The newest of those with an id below. */
  static List<AuditEntry> below(Handle handle, AuditQuery query, long id, int limit) {
    Conditions where = conditions(query).and("id < :below", "below", id);
    return where
        .bind(
            handle.createQuery(
                "SELECT * FROM audit_entry"
                    + where.sql()
                    + " ORDER BY id DESC FETCH NEXT :limit ROWS ONLY"))
        .bind("limit", limit)
        .map((r, c) -> read(r))
        .list();
  }

  static Optional<AuditEntry> find(Handle handle, long id) {
    return handle
        .createQuery("SELECT * FROM audit_entry WHERE id = :id")
        .bind("id", id)
        .map((r, c) -> read(r))
        .findOne();
  }

  static long count(Handle handle, AuditQuery query) {
    Conditions where = conditions(query);
    return where
        .bind(handle.createQuery("SELECT COUNT(*) FROM audit_entry" + where.sql()))
        .mapTo(long.class)
        .one();
  }

  private static Conditions conditions(AuditQuery query) {
    Conditions where = new Conditions();
    if (!query.text().isEmpty()) {
      where.and(TEXT, "q", Conditions.containing(StoredText.escaped(query.text())));
    }
    query.actor().ifPresent(v -> where.and("actor = :actor", "actor", stored(v, ACTOR)));
    query.address().ifPresent(v -> where.and("address = :address", "address", stored(v, ADDRESS)));
    query.channel().ifPresent(v -> where.and("channel = :channel", "channel", stored(v, NAME)));
    query.action().ifPresent(v -> where.and("action = :action", "action", stored(v, NAME)));
    query.outcome().ifPresent(v -> where.and("outcome = :outcome", "outcome", v.name()));
    query.from().ifPresent(v -> where.and("last_at >= :from", "from", time(v)));
    query.to().ifPresent(v -> where.and("at < :to", "to", time(v)));
    return where;
  }

  private static String stored(String text, int most) {
    return StoredText.write(text, most);
  }

  private static AuditEntry read(ResultSet r) throws SQLException {
    Map<String, StoredText.Cut> cut = new HashMap<>();
    return new AuditEntry(
        r.getLong("id"),
        r.getObject("at", OffsetDateTime.class).toInstant(),
        r.getObject("last_at", OffsetDateTime.class).toInstant(),
        text(r, "actor", "actor", cut),
        text(r, "address", "address", cut),
        r.getString("channel"),
        r.getString("action"),
        text(r, "subject", "subject", cut),
        Outcome.valueOf(r.getString("outcome")),
        text(r, "reason", "reason", cut),
        text(r, "value_before", "before", cut),
        text(r, "value_after", "after", cut),
        r.getLong("repeats"),
        Map.copyOf(cut));
  }

  private static String text(
      ResultSet r, String column, String field, Map<String, StoredText.Cut> cut)
      throws SQLException {
    StoredText stored = StoredText.read(r.getString(column));
    stored.cut().ifPresent(c -> cut.put(field, c));
    return stored.text();
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
