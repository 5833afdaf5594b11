package org.slipway.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The table {@code invitation}. */
final class InvitationRows {
  private InvitationRows() {}

  static void insert(Handle handle, Invitation i, String codeHash) {
    handle.execute(
        """
        INSERT INTO invitation (id, code_hash, created_by, role, quota_bytes, quota_files, email,
          most_uses, uses, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        i.id(),
        codeHash,
        i.createdBy(),
        i.role().name(),
        i.quotaBytes().orElse(null),
        i.quotaFiles().orElse(null),
        i.email().orElse(null),
        i.mostUses(),
        i.uses(),
        utc(i.createdAt()),
        utc(i.expiresAt()));
  }

  static long count(Handle handle) {
    return handle.createQuery("SELECT COUNT(*) FROM invitation").mapTo(long.class).one();
  }

  static List<Invitation> newestFirst(Handle handle, Instant now) {
    return handle
        .createQuery(
            "SELECT * FROM invitation WHERE expires_at > :now ORDER BY created_at DESC, id")
        .bind("now", utc(now))
        .map((r, c) -> read(r))
        .list();
  }

  static Optional<Invitation> find(Handle handle, String codeHash) {
    return handle
        .createQuery("SELECT * FROM invitation WHERE code_hash = :hash")
        .bind("hash", codeHash)
        .map((r, c) -> read(r))
        .findOne();
  }

  /** Counts one more use, unless there was the last one already. */
  static int use(Handle handle, UUID id) {
    return handle.execute(
        "UPDATE invitation SET uses = uses + 1 WHERE id = ? AND uses < most_uses", id);
  }

  static int delete(Handle handle, UUID id) {
    return handle.execute("DELETE FROM invitation WHERE id = ?", id);
  }

  static void deleteExpired(Handle handle, Instant now) {
    handle.execute("DELETE FROM invitation WHERE expires_at <= ?", utc(now));
  }

  private static Invitation read(ResultSet r) throws SQLException {
    return new Invitation(
        r.getObject("id", UUID.class),
        r.getObject("created_by", UUID.class),
        Role.valueOf(r.getString("role")),
        Optional.ofNullable(r.getObject("quota_bytes", Long.class)),
        Optional.ofNullable(r.getObject("quota_files", Long.class)),
        Optional.ofNullable(r.getString("email")),
        r.getInt("most_uses"),
        r.getInt("uses"),
        r.getObject("created_at", OffsetDateTime.class).toInstant(),
        r.getObject("expires_at", OffsetDateTime.class).toInstant());
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
