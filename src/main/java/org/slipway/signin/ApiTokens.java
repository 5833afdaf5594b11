package org.slipway.signin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.slipway.accounts.Account;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.Channel;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.UnguessableId;
import org.slipway.accounts.Violation;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.AuditValues;
import org.slipway.audit.Who;
import org.slipway.database.Changes;
import org.slipway.database.GroupCommit;
import org.slipway.database.Snapshot;
import org.slipway.database.Topic;

/**
 * Tokens with which programs use the REST API. They are known in memory, so that a request costs no
 * query, and end with their account's right to be there: at once when it is suspended, expired or
 * deleted, and with every new password but one that its owner sets and carries them over to.
 */
@Singleton
public final class ApiTokens {
  public static final int MOST = 50;
  public static final Duration USUAL = Duration.ofDays(90);
  public static final Duration LONGEST = Duration.ofDays(366);
  private static final Duration USE_WRITTEN_EVERY = Duration.ofMinutes(1);

  private final Jdbi jdbi;
  private final Changes changes;
  private final GroupCommit writer;
  private final Authorization authorization;
  private final AuditTrail audit;
  private final Clock clock;
  private final Snapshot<UUID, TokenRows.Stored> snapshot;
  private final Map<UUID, Instant> useWritten = new ConcurrentHashMap<>();
  private volatile Map<String, ApiToken> byHash;

  @Inject
  public ApiTokens(
      Jdbi jdbi,
      Changes changes,
      GroupCommit writer,
      Authorization authorization,
      AuditTrail audit,
      Clock clock) {
    this.jdbi = jdbi;
    this.changes = changes;
    this.writer = writer;
    this.authorization = authorization;
    this.audit = audit;
    this.clock = clock;
    this.snapshot =
        new Snapshot<>(
            jdbi,
            changes,
            Topic.TOKENS,
            TokenRows::newerThan,
            stored -> stored.token().id(),
            UUID::fromString);
    index(snapshot.rows());
    snapshot.onReplaced((rows, changed) -> index(rows));
  }

  /**
   * A token and its text, which is told this once.
   *
   * @param text to be sent as {@code Authorization: Bearer}
   */
  public record Issued(ApiToken token, String text) {
    @Override
    public String toString() {
      return "Issued[" + token + "]";
    }
  }

  /** Who sent a token. */
  public record Use(Account account, ApiToken token) {}

  /**
   * Makes a token.
   *
   * @param expiresAt empty for the usual time
   * @throws InvalidInputException for a bad name, no scope, or an expiry that is past or too far
   * @throws RefusedException {@code CONFLICT} if the account has as many as it may have
   */
  public Issued issue(
      Account account, String name, Set<Scope> scopes, Optional<Instant> expiresAt, Who who) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant end = expiresAt.orElse(now.plus(USUAL)).truncatedTo(ChronoUnit.MILLIS);
    check(name, scopes, now, end);
    ApiToken token =
        new ApiToken(
            UUID.randomUUID(),
            account.id(),
            name,
            Set.copyOf(scopes),
            account.passwordGeneration(),
            now,
            end,
            Optional.empty(),
            Optional.empty());
    String text = TokenText.next();
    changes.make(
        Topic.TOKENS,
        (h, revision) -> {
          List<ApiToken> present = TokenRows.of(h, account.id());
          present.stream()
              .filter(t -> t.state(account, now) == ApiToken.State.REVOKED)
              .forEach(t -> TokenRows.delete(h, t.id(), revision));
          if (present.stream().filter(t -> t.state(account, now) != ApiToken.State.REVOKED).count()
              >= MOST) {
            throw new RefusedException(
                Refusal.Kind.CONFLICT, "An account may have " + MOST + " tokens; revoke one first");
          }
          TokenRows.insert(h, token, UnguessableId.hash(text), revision);
          return null;
        });
    audit.done(who, AuditAction.TOKEN_MADE, account.username(), null, describe(token));
    return new Issued(token, text);
  }

  private static void check(String name, Set<Scope> scopes, Instant now, Instant end) {
    List<Violation> violations = new ArrayList<>();
    if (name == null
        || name.isBlank()
        || name.length() > 100
        || name.chars().anyMatch(Character::isISOControl)) {
      violations.add(
          new Violation("name", "token.name", "1 to 100 characters, none a control character"));
    }
    if (scopes.isEmpty()) {
      violations.add(new Violation("scopes", "token.scopes", "At least one scope is needed"));
    }
    if (!end.isAfter(now) || end.isAfter(now.plus(LONGEST))) {
      violations.add(
          new Violation("expiresAt", "token.expiry", "A time to come, at most a year from now"));
    }
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
  }

  /** The tokens of an account, newest first, with those that do not work any more. */
  public List<ApiToken> of(UUID accountId) {
    return jdbi.withHandle(h -> TokenRows.of(h, accountId));
  }

  /**
   * Ends a token at once.
   *
   * @throws RefusedException {@code NO_SUCH_THING} if the account has no such token
   */
  public void revoke(Account account, UUID id, Who who) {
    ApiToken token =
        of(account.id()).stream()
            .filter(t -> t.id().equals(id))
            .findFirst()
            .orElseThrow(
                () -> new RefusedException(Refusal.Kind.NO_SUCH_THING, "There is no such token"));
    delete(List.of(token));
    audit.done(who, AuditAction.TOKEN_REVOKED, account.username(), describe(token), null);
  }

  /** Ends all tokens of an account at once. */
  public void revokeAll(Account account, Who who) {
    List<ApiToken> tokens = of(account.id());
    if (!tokens.isEmpty()) {
      delete(tokens);
      audit.done(
          who,
          AuditAction.TOKENS_REVOKED,
          account.username(),
          AuditValues.of("tokens", tokens.size()),
          null);
    }
  }

  /**
   * Lets the tokens live on that lived with the password before; for somebody who has changed his
   * own and wishes so.
   *
   * @param account with its new password
   */
  public void carryOver(Account account, Who who) {
    int kept =
        changes.make(Topic.TOKENS, (h, revision) -> TokenRows.carryOver(h, account, revision));
    if (kept > 0) {
      audit.done(
          who,
          AuditAction.TOKENS_CARRIED_OVER,
          account.username(),
          null,
          AuditValues.of("tokens", kept));
    }
  }

  /**
   * The account for which a token stands.
   *
   * @throws RefusedException {@code NOT_LOGGED_IN} for a text that is no living token, or the state
   *     of its account or its rules of entry
   */
  public Use authenticate(String text, InetAddress address) {
    ApiToken token = TokenText.isWellFormed(text) ? byHash.get(UnguessableId.hash(text)) : null;
    if (token == null) {
      throw notLoggedIn();
    }
    Account account = authorization.current(token.accountId());
    ApiToken.State state = token.state(account, clock.instant());
    if (state != ApiToken.State.ACTIVE) {
      refused(account, token, address, state.name());
      throw notLoggedIn();
    }
    authorization
        .entryRefusal(account, Channel.API, address)
        .ifPresent(refusal -> {
          refused(account, token, address, refusal.kind().name());
          throw refusal.asException();
        });
    used(token, address);
    return new Use(account, token);
  }

  private void refused(Account account, ApiToken token, InetAddress address, String reason) {
    Who who = new Who(account.username(), address.getHostAddress(), Channel.API.name());
    audit.refused(who, AuditAction.SIGN_IN, "token " + token.name(), reason);
  }

  private static RefusedException notLoggedIn() {
    return new RefusedException(
        Refusal.Kind.NOT_LOGGED_IN, "The token is unknown, expired or revoked");
  }

  /** Written at most once a minute, and rather lost than waited for. */
  private void used(ApiToken token, InetAddress address) {
    Instant now = clock.instant();
    useWritten.compute(
        token.id(),
        (id, written) -> {
          boolean due = written == null || !now.isBefore(written.plus(USE_WRITTEN_EVERY));
          return due && writer.offer(h -> TokenRows.used(h, id, now, address)) ? now : written;
        });
  }

  private void delete(List<ApiToken> tokens) {
    changes.make(
        Topic.TOKENS,
        (h, revision) -> {
          tokens.forEach(t -> TokenRows.delete(h, t.id(), revision));
          return null;
        });
    tokens.forEach(t -> useWritten.remove(t.id()));
  }

  private void index(Map<UUID, TokenRows.Stored> rows) {
    byHash =
        rows.values().stream()
            .collect(
                Collectors.collectingAndThen(
                    Collectors.toMap(TokenRows.Stored::hash, TokenRows.Stored::token),
                    Map::copyOf));
  }

  private static String describe(ApiToken token) {
    return AuditValues.of(
        "name", token.name(),
        "scopes", token.scopes().stream().map(Scope::text).sorted().toList(),
        "expires", token.expiresAt());
  }
}
