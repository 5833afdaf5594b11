package org.slipway.transfers;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import org.slipway.database.GroupCommit;
import org.slipway.transfers.TransferDescription.Direction;

/** The history of transfers in the database. */
@Singleton
public final class TransferLog {
  private final Jdbi jdbi;
  private final GroupCommit writer;
  private final AtomicLong lost = new AtomicLong();

  @Inject
  public TransferLog(Jdbi jdbi, GroupCommit writer) {
    this.jdbi = jdbi;
    this.writer = writer;
  }

  /** Never waits: what does not fit into the writer's queue is counted and lost. */
  void append(TransferRecord t) {
    TransferDescription d = t.description();
    boolean queued =
        writer.offer(h ->
            h.execute(
                """
                INSERT INTO transfer (id, protocol, direction, account, device, peer, path,
                  bytes, started_at, ended_at, outcome, reason, sha256)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                t.id(),
                d.protocol(),
                d.direction().name(),
                d.account().orElse(null),
                d.device().orElse(null),
                d.peer(),
                d.path().length() > 1100 ? d.path().substring(0, 1100) : d.path(),
                t.bytes(),
                t.started().atOffset(ZoneOffset.UTC),
                t.ended().atOffset(ZoneOffset.UTC),
                t.outcome().name(),
                t.reason().orElse(null),
                t.sha256().orElse(null)));
    if (!queued) {
      lost.incrementAndGet();
    }
  }

  public long lost() {
    return lost.get();
  }

  /**
   * A page of the history, newest first.
   *
   * @param account only of this user, where given
   */
  public List<TransferRecord> page(String query, Optional<String> account, int offset, int limit) {
    return jdbi.withHandle(h ->
        h.createQuery(
                "SELECT * FROM transfer WHERE "
                    + MATCHES
                    + " ORDER BY ended_at DESC OFFSET :offset ROWS FETCH NEXT :limit ROWS ONLY")
            .bind("q", like(query))
            .bind("any", account.isEmpty())
            .bind("account", account.orElse(""))
            .bind("offset", offset)
            .bind("limit", limit)
            .map((r, c) -> read(r))
            .list());
  }

  public long count(String query, Optional<String> account) {
    return jdbi.withHandle(h ->
        h.createQuery("SELECT COUNT(*) FROM transfer WHERE " + MATCHES)
            .bind("q", like(query))
            .bind("any", account.isEmpty())
            .bind("account", account.orElse(""))
            .mapTo(long.class)
            .one());
  }

  private static final String MATCHES =
      "(:any OR account = :account) AND (LOWER(path) LIKE :q OR COALESCE(account, '') LIKE :q"
          + " OR COALESCE(device, '') LIKE :q OR peer LIKE :q)";

  private static String like(String query) {
    String text = query == null ? "" : query.toLowerCase(java.util.Locale.ROOT);
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
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
            r.getString("path"),
            Optional.empty()),
        r.getLong("bytes"),
        r.getObject("started_at", OffsetDateTime.class).toInstant(),
        r.getObject("ended_at", OffsetDateTime.class).toInstant(),
        TransferOutcome.valueOf(r.getString("outcome")),
        Optional.ofNullable(r.getString("reason")),
        Optional.ofNullable(r.getString("sha256")));
  }
}
