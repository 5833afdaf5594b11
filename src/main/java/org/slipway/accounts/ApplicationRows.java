package org.slipway.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code application}: registrations whose e-mail address is not confirmed yet. */
final class ApplicationRows {
  private ApplicationRows() {}

  /**
   * One of them.
   *
   * @param registrationId of the account that it becomes, too
   * @param codeHash of the code that was mailed
   */
  record Row(
      String registrationId,
      String username,
      String email,
      String displayName,
      Optional<String> language,
      String passwordHash,
      String codeHash,
      Instant createdAt,
      Instant expiresAt) {

    @Override
    public String toString() {
      return "Application[" + username + "]";
    }
  }

  static void insert(Handle handle, Row a) {
    handle.execute(
        """
        INSERT INTO application (registration_id, username, email, display_name, language,
          password_hash, code_hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        a.registrationId(),
        a.username(),
        a.email(),
        a.displayName(),
        a.language().orElse(null),
        a.passwordHash(),
        a.codeHash(),
        utc(a.createdAt()),
        utc(a.expiresAt()));
  }

  static Optional<Row> find(Handle handle, String registrationId, Instant now) {
    return handle
        .createQuery("SELECT * FROM application WHERE registration_id = :id AND expires_at > :now")
        .bind("id", registrationId)
        .bind("now", utc(now))
        .map((r, c) -> read(r))
        .findOne();
  }

  static List<String> usernames(Handle handle) {
    return handle.createQuery("SELECT username FROM application").mapTo(String.class).list();
  }

  static int delete(Handle handle, String registrationId) {
    return handle.execute("DELETE FROM application WHERE registration_id = ?", registrationId);
  }

  static int deleteExpired(Handle handle, Instant now) {
    return handle.execute("DELETE FROM application WHERE expires_at <= ?", utc(now));
  }

  private static Row read(ResultSet r) throws SQLException {
    return new Row(
        r.getString("registration_id"),
        r.getString("username"),
        r.getString("email"),
        r.getString("display_name"),
        Optional.ofNullable(r.getString("language")),
        r.getString("password_hash"),
        r.getString("code_hash"),
        r.getObject("created_at", OffsetDateTime.class).toInstant(),
        r.getObject("expires_at", OffsetDateTime.class).toInstant());
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
