package org.slipway.transfers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slipway.audit.StoredText;
import org.slipway.database.Conditions;
import org.slipway.transfers.TransferDescription.Direction;

/** The table {@code transfer}. */
final class TransferRows {
  private static final int PATH = 4096;
  private static final int REASON = 300;
  private static final String NEWEST_FIRST = " ORDER BY ended_at DESC, id DESC";
  private static final String OLDEST_FIRST = " ORDER BY ended_at, id";

  private TransferRows() {}

  /** Writes several at once, which costs the database less than one by one. */
  static void insert(Handle handle, List<TransferRecord> transfers) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO transfer (id, protocol, direction, account, device, peer, path,
              bytes, started_at, ended_at, outcome, reason, sha256, length_verified)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
    transfers.forEach(t -> add(batch, t));
    batch.execute();
  }

  private static void add(PreparedBatch batch, TransferRecord t) {
    TransferDescription d = t.description();
    batch.add(
        t.id(),
        d.protocol(),
        d.direction().name(),
        d.account().orElse(null),
        d.device().orElse(null),
        d.peer(),
        StoredText.write(d.path(), PATH),
        t.bytes(),
        time(t.started()),
        time(t.ended()),
        t.outcome().name(),
        StoredText.write(t.reason().orElse(null), REASON),
        t.sha256().orElse(null),
        t.lengthVerified().orElse(null));
  }

  static List<TransferRecord> page(
      Handle handle, TransferQuery query, boolean oldestFirst, int offset, int limit) {
    Conditions where = conditions(query);
    return where
        .bind(
            handle.createQuery(
                "SELECT * FROM transfer"
                    + where.sql()
                    + (oldestFirst ? OLDEST_FIRST : NEWEST_FIRST)
                    + " OFFSET :offset ROWS FETCH NEXT :limit ROWS ONLY"))
        .bind("offset", offset)
        .bind("limit", limit)
        .map((r, c) -> read(r))
        .list();
  }

  /** Those that follow one in the order of the pages. */
  static List<TransferRecord> after(
      Handle handle, TransferQuery query, TransferRecord one, int limit) {
    Conditions where =
        conditions(query)
            .and("ended_at <= :lastEnded", "lastEnded", time(one.ended()))
            .and("(ended_at < :lastEnded OR id < :lastId)", "lastId", one.id());
    return where
        .bind(
            handle.createQuery(
                "SELECT * FROM transfer"
                    + where.sql()
                    + NEWEST_FIRST
                    + " FETCH NEXT :limit ROWS ONLY"))
        .bind("limit", limit)
        .map((r, c) -> read(r))
        .list();
  }

  static long count(Handle handle, TransferQuery query) {
    Conditions where = conditions(query);
    return where
        .bind(handle.createQuery("SELECT COUNT(*) FROM transfer" + where.sql()))
        .mapTo(long.class)
        .one();
  }

  /** Deletes the oldest rows before a time; so many at most. */
  static int deleteBefore(Handle handle, Instant limit, int most) {
    return handle.execute(
        """
        DELETE FROM transfer WHERE id IN
          (SELECT id FROM transfer WHERE ended_at < ? ORDER BY ended_at FETCH FIRST %d ROWS ONLY)
        """
            .formatted(most),
        time(limit));
  }

  private static Conditions conditions(TransferQuery query) {
    Conditions where = new Conditions();
    if (!query.text().isEmpty()) {
      where.and(
          "(LOWER(path) LIKE :q OR account LIKE :q OR device LIKE :q OR peer LIKE :q)",
          "q",
          like(query.text()));
    }
    query.account().ifPresent(v -> where.and("account = :account", "account", text(v)));
    query.device().ifPresent(v -> where.and("device = :device", "device", text(v)));
    query.path().ifPresent(v -> where.and("LOWER(path) LIKE :path", "path", like(v)));
    query.protocol().ifPresent(v -> where.and("protocol = :protocol", "protocol", text(v)));
    query.direction().ifPresent(v -> where.and("direction = :direction", "direction", v.name()));
    query.outcome().ifPresent(v -> where.and("outcome = :outcome", "outcome", v.name()));
    query.from().ifPresent(v -> where.and("ended_at >= :from", "from", time(v)));
    query.to().ifPresent(v -> where.and("ended_at < :to", "to", time(v)));
    return where;
  }

  private static String text(String asked) {
    return StoredText.escaped(asked);
  }

  private static String like(String asked) {
    return Conditions.containing(text(asked));
  }

  private static TransferRecord read(ResultSet r) throws SQLException {
    return new TransferRecord(
        r.getObject("id", UUID.class),
        new TransferDescription(
            r.getString("protocol"),
            Direction.valueOf(r.getString("direction")),
            Optional.ofNullable(r.getString("account")),
            Optional.ofNullable(r.getString("device")),
            r.getString("peer"),
            StoredText.read(r.getString("path")).text(),
            Optional.empty()),
        r.getLong("bytes"),
        r.getObject("started_at", OffsetDateTime.class).toInstant(),
        r.getObject("ended_at", OffsetDateTime.class).toInstant(),
        TransferOutcome.valueOf(r.getString("outcome")),
        Optional.ofNullable(StoredText.read(r.getString("reason")).text()),
        Optional.ofNullable(r.getString("sha256")),
        Optional.ofNullable(r.getObject("length_verified", Boolean.class)));
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
