package org.slipway.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slipway.database.Changes;
import org.slipway.database.Topic;

/** The table {@code account}. */
final class AccountRows {
  private AccountRows() {}

  static List<Account> newerThan(Handle handle, long revision) {
    return handle
        .createQuery("SELECT * FROM account WHERE revision > :revision")
        .bind("revision", revision)
        .map((r, c) -> read(r))
        .list();
  }

  static Optional<Account> find(Handle handle, UUID id) {
    return handle
        .createQuery("SELECT * FROM account WHERE id = :id")
        .bind("id", id)
        .map((r, c) -> read(r))
        .findOne();
  }

  static Optional<Account> find(Handle handle, String username) {
    return handle
        .createQuery("SELECT * FROM account WHERE username = :username")
        .bind("username", username)
        .map((r, c) -> read(r))
        .findOne();
  }

  static long count(Handle handle) {
    return handle.createQuery("SELECT COUNT(*) FROM account").mapTo(long.class).one();
  }

  /** Whether there is another active account like this. */
  static boolean anyOther(Handle handle, UUID id, Predicate<Account> like) {
    return handle
        .createQuery("SELECT * FROM account WHERE id <> :id AND status = 'ACTIVE'")
        .bind("id", id)
        .map((r, c) -> read(r))
        .stream()
        .anyMatch(like);
  }

  static void insert(Handle handle, Account a, long revision) {
    handle.execute(
        """
        INSERT INTO account (id, registration_id, username, email, display_name, status,
          status_reason, roles, quota_bytes, quota_files, max_sessions, on_conflict, expires_at,
          member_of, policy, language, password_hash, password_generation, created_at, revision)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        a.id(),
        a.registrationId(),
        a.username(),
        a.email().orElse(null),
        a.displayName(),
        a.status().name(),
        a.statusReason().orElse(null),
        names(a.roles()),
        a.quotaBytes().orElse(null),
        a.quotaFiles().orElse(null),
        a.maxSessions().orElse(null),
        a.onConflict().name(),
        a.expiresAt().map(AccountRows::utc).orElse(null),
        String.join(",", a.groups()),
        PolicyText.of(a.policy()),
        a.language().orElse(null),
        a.passwordHash(),
        a.passwordGeneration(),
        utc(a.createdAt()),
        revision);
    handle.execute(
        "INSERT INTO quota_usage (account_id, used_bytes, used_files) VALUES (?, 0, 0)", a.id());
    Changes.forgetDeleted(handle, Topic.ACCOUNTS, a.id().toString());
  }

  static void update(Handle handle, Account a, long revision) {
    handle.execute(
        """
        UPDATE account SET email = ?, display_name = ?, status = ?, status_reason = ?, roles = ?,
          quota_bytes = ?, quota_files = ?, max_sessions = ?, on_conflict = ?, expires_at = ?,
          member_of = ?, policy = ?, language = ?, password_hash = ?, password_generation = ?, revision = ? WHERE id = ?
        """,
        a.email().orElse(null),
        a.displayName(),
        a.status().name(),
        a.statusReason().orElse(null),
        names(a.roles()),
        a.quotaBytes().orElse(null),
        a.quotaFiles().orElse(null),
        a.maxSessions().orElse(null),
        a.onConflict().name(),
        a.expiresAt().map(AccountRows::utc).orElse(null),
        String.join(",", a.groups()),
        PolicyText.of(a.policy()),
        a.language().orElse(null),
        a.passwordHash(),
        a.passwordGeneration(),
        revision,
        a.id());
  }

  static void delete(Handle handle, UUID id, long revision) {
    handle.execute("DELETE FROM quota_claim WHERE account_id = ?", id);
    handle.execute("DELETE FROM quota_usage WHERE account_id = ?", id);
    handle.execute("DELETE FROM password_reset WHERE account_id = ?", id);
    handle.execute("DELETE FROM invitation WHERE created_by = ?", id);
    handle.execute("DELETE FROM traffic WHERE account_id = ?", id);
    handle.execute("DELETE FROM account WHERE id = ?", id);
    Changes.rowDeleted(handle, Topic.ACCOUNTS, id.toString(), revision);
  }

  private static Account read(ResultSet r) throws SQLException {
    return new Account(
        r.getObject("id", UUID.class),
        r.getString("registration_id"),
        r.getString("username"),
        Optional.ofNullable(r.getString("email")),
        r.getString("display_name"),
        AccountStatus.valueOf(r.getString("status")),
        Optional.ofNullable(r.getString("status_reason")),
        enums(Role.class, r.getString("roles")),
        Optional.ofNullable(r.getObject("quota_bytes", Long.class)),
        Optional.ofNullable(r.getObject("quota_files", Long.class)),
        Optional.ofNullable(r.getObject("max_sessions", Integer.class)),
        OnConflict.valueOf(r.getString("on_conflict")),
        Optional.ofNullable(r.getObject("expires_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        split(r.getString("member_of")),
        PolicyText.read(r.getString("policy")),
        Optional.ofNullable(r.getString("language")),
        r.getString("password_hash"),
        r.getInt("password_generation"),
        r.getObject("created_at", OffsetDateTime.class).toInstant(),
        r.getLong("revision"));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static String names(Set<? extends Enum<?>> values) {
    return values.stream().map(Enum::name).sorted().collect(Collectors.joining(","));
  }

  private static List<String> split(String names) {
    return names.isEmpty() ? List.of() : List.of(names.split(","));
  }

  private static <E extends Enum<E>> Set<E> enums(Class<E> type, String names) {
    Set<E> result = EnumSet.noneOf(type);
    for (String name : names.split(",")) {
      if (!name.isEmpty()) {
        result.add(Enum.valueOf(type, name));
      }
    }
    return java.util.Collections.unmodifiableSet(result);
  }
}
