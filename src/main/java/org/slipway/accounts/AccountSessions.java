package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open sessions of every account. They are ended as soon as the account is known to have lost
 * its right to them: suspended, rejected, expired, deleted, another password, another role.
 */
@Singleton
public final class AccountSessions {
  private final AccountDirectory accounts;
  private final Clock clock;
  private final Map<UUID, Map<LiveSession, OpenSession>> open = new ConcurrentHashMap<>();

  @Inject
  public AccountSessions(AccountDirectory accounts, Clock clock) {
    this.accounts = accounts;
    this.clock = clock;
    accounts.onChanged((rows, changed) -> changed.forEach(id -> review(id, rows.get(id))));
  }

  /**
   * Adds a session, counted exactly even when many open at once.
   *
   * @throws RefusedException if the account may not have one more, or none at all now
   */
  public void open(Account account, LiveSession session) {
    OpenSession opened =
        new OpenSession(UUID.randomUUID().toString(), session, account, clock.instant());
    open.compute(
        account.id(),
        (id, sessions) -> {
          Map<LiveSession, OpenSession> next = sessions == null ? new LinkedHashMap<>() : sessions;
          account
              .maxSessions()
              .filter(most -> next.size() >= most)
              .ifPresent(most -> {
                throw new RefusedException(
                    Refusal.Kind.TOO_MANY_SESSIONS,
                    "The account may have " + most + " sessions at a time");
              });
          next.put(session, opened);
          return next;
        });
    review(opened, accounts.byId(account.id()).orElse(null));
  }

  /** Removes a session that has ended; a second call does nothing. */
  public void closed(LiveSession session) {
    open.computeIfPresent(
        session.accountId(),
        (id, sessions) -> {
          sessions.remove(session);
          return sessions.isEmpty() ? null : sessions;
        });
  }

  public List<LiveSession> of(UUID accountId) {
    return opened(accountId).stream().map(OpenSession::session).toList();
  }

  /** The same with what is known of each, the oldest first. */
  public List<OpenSession> opened(UUID accountId) {
    List<OpenSession> result = new ArrayList<>();
    open.computeIfPresent(
        accountId,
        (id, sessions) -> {
          result.addAll(sessions.values());
          return sessions;
        });
    return result;
  }

  /** Ends what has expired or stayed too long meanwhile; called about once a second. */
  public void reviewAll() {
    open.keySet().forEach(id -> review(id, accounts.byId(id).orElse(null)));
  }

  private void review(UUID id, Account now) {
    opened(id).forEach(session -> review(session, now));
  }

  private void review(OpenSession opened, Account now) {
    Refusal why = reasonToEnd(opened.account(), now);
    if (why == null) {
      why = opened.session().overdue(clock.instant()).orElse(null);
    }
    if (why != null) {
      opened.session().end(why);
    }
  }

  private Refusal reasonToEnd(Account before, Account now) {
    if (now == null) {
      return Refusal.of(Refusal.Kind.NOT_LOGGED_IN, "The account was deleted");
    }
    if (now.passwordGeneration() != before.passwordGeneration()) {
      return Refusal.of(Refusal.Kind.NOT_LOGGED_IN, "The password was changed");
    }
    if (!now.roles().equals(before.roles())) {
      return Refusal.of(Refusal.Kind.NOT_LOGGED_IN, "The roles were changed");
    }
    return now.stateRefusal(clock.instant()).orElse(null);
  }
}
