package org.slipway.signin;

import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slipway.accounts.Account;
import org.slipway.database.Changes;
import org.slipway.database.Topic;

/** The table {@code api_token}. */
final class TokenRows {
  private TokenRows() {}

  /** A token and the hash of its text. */
  record Stored(ApiToken token, String hash) {}

  static List<Stored> newerThan(Handle handle, long revision) {
    return handle
        .createQuery("SELECT * FROM api_token WHERE revision > :revision")
        .bind("revision", revision)
        .map((r, c) -> new Stored(read(r), r.getString("token_hash")))
        .list();
  }

  static List<ApiToken> of(Handle handle, UUID accountId) {
    return handle
        .createQuery("SELECT * FROM api_token WHERE account_id = :id ORDER BY created_at DESC, id")
        .bind("id", accountId)
        .map((r, c) -> read(r))
        .list();
  }

  static void insert(Handle handle, ApiToken token, String hash, long revision) {
    handle.execute(
        """
        INSERT INTO api_token (id, account_id, name, scopes, token_hash, password_generation,
          created_at, expires_at, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        token.id(),
        token.accountId(),
        token.name(),
        token.scopes().stream().map(Scope::text).sorted().collect(Collectors.joining(",")),
        hash,
        token.passwordGeneration(),
        token.createdAt().atOffset(ZoneOffset.UTC),
        token.expiresAt().atOffset(ZoneOffset.UTC),
        revision);
  }

  static void delete(Handle handle, UUID id, long revision) {
    handle.execute("DELETE FROM api_token WHERE id = ?", id);
    Changes.rowDeleted(handle, Topic.TOKENS, id.toString(), revision);
  }

  /** Those that work with the password before work with this one. */
  static int carryOver(Handle handle, Account account, long revision) {
    return handle.execute(
        """
        UPDATE api_token SET password_generation = ?, revision = ?
        WHERE account_id = ? AND password_generation = ?
        """,
        account.passwordGeneration(),
        revision,
        account.id(),
        account.passwordGeneration() - 1);
  }

  static void used(Handle handle, UUID id, Instant at, InetAddress address) {
    handle.execute(
        "UPDATE api_token SET last_used_at = ?, last_used_address = ? WHERE id = ?",
        at.atOffset(ZoneOffset.UTC),
        address.getHostAddress(),
        id);
  }

  private static ApiToken read(ResultSet r) throws SQLException {
    return new ApiToken(
        r.getObject("id", UUID.class),
        r.getObject("account_id", UUID.class),
        r.getString("name"),
        scopes(r.getString("scopes")),
        r.getInt("password_generation"),
        r.getObject("created_at", OffsetDateTime.class).toInstant(),
        r.getObject("expires_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(r.getObject("last_used_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        Optional.ofNullable(r.getString("last_used_address")));
  }

  /** A scope of a newer portal gives nothing here. */
  private static Set<Scope> scopes(String texts) {
    return Arrays.stream(texts.split(","))
        .map(Scope::of)
        .flatMap(Optional::stream)
        .collect(Collectors.toUnmodifiableSet());
  }
}
