package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slipway.settings.SettingText;

/**
 * The open sessions of every account. They are ended as soon as the account is known to have lost
 * its right to them: suspended, rejected, expired, deleted, another password, another role, outside
 * of its hours, not from there any more.
 */
@Singleton
public final class AccountSessions {
  private final AccountDirectory accounts;
  private final Authorization authorization;

  /** Each session with the account as it was when the session was opened. */
  private final Map<UUID, Map<LiveSession, Account>> open = new ConcurrentHashMap<>();

  @Inject
  public AccountSessions(AccountDirectory accounts, Groups groups, Authorization authorization) {
    this.accounts = accounts;
    this.authorization = authorization;
    accounts.onChanged((rows, changed) -> changed.forEach(this::review));
    groups.onChanged(this::reviewAll);
  }

  /**
   * Adds a session, counted exactly even when many open at once.
   *
   * @param account as it was when its credentials were checked
   * @throws RefusedException if the account may not have one more, or none at all now
   */
  public void open(Account account, LiveSession session) {
    open.compute(
        account.id(),
        (id, sessions) -> {
          Map<LiveSession, Account> next = sessions == null ? new HashMap<>() : sessions;
          account
              .maxSessions()
              .filter(most -> next.size() >= most)
              .ifPresent(most -> {
                throw new RefusedException(
                    Refusal.Kind.TOO_MANY_SESSIONS,
                    "The account may have " + most + " sessions at a time");
              });
          next.put(session, account);
          return next;
        });
    review(account.id());
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
    return List.copyOf(openedBy(accountId).keySet());
  }

  private Map<LiveSession, Account> openedBy(UUID accountId) {
    Map<LiveSession, Account> result = new HashMap<>();
    open.computeIfPresent(
        accountId,
        (id, sessions) -> {
          result.putAll(sessions);
          return sessions;
        });
    return result;
  }

  /** Ends what may not go on any more; called about once a second. */
  public void reviewAll() {
    open.keySet().forEach(this::review);
  }

  private void review(UUID id) {
    Optional<Account> now = accounts.byId(id);
    openedBy(id)
        .forEach((session, before) -> reasonToEnd(session, before, now).ifPresent(session::end));
  }

  private Optional<Refusal> reasonToEnd(
      LiveSession session, Account before, Optional<Account> account) {
    if (account.isEmpty()) {
      return notAnyMore("The account was deleted");
    }
    Account now = account.get();
    if (now.passwordGeneration() != before.passwordGeneration()) {
      return notAnyMore("The password was changed");
    }
    if (!now.roles().equals(before.roles())) {
      return notAnyMore("The roles were changed");
    }
    return authorization.entryRefusal(
        now, session.channel(), SettingText.address(session.address()));
  }

  private static Optional<Refusal> notAnyMore(String why) {
    return Optional.of(Refusal.of(Refusal.Kind.NOT_LOGGED_IN, why));
  }
}
