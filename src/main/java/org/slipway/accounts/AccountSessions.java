package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The open sessions of every account. They are ended as soon as the account is known to have lost
 * its right to them: suspended, rejected, expired, deleted, another password, another role.
 */
@Singleton
public final class AccountSessions {
  private final AccountDirectory accounts;
  private final Clock clock;
  private final Map<UUID, Set<LiveSession>> open = new ConcurrentHashMap<>();
  private final Map<UUID, Account> known = new ConcurrentHashMap<>();
  private final List<Consumer<LiveSession>> closedListeners = new CopyOnWriteArrayList<>();

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
    open.compute(
        account.id(),
        (id, sessions) -> {
          Set<LiveSession> next = sessions == null ? new HashSet<>() : sessions;
          account
              .maxSessions()
              .filter(most -> session.isCounted() && counted(next) >= most)
              .ifPresent(most -> {
                throw new RefusedException(
                    Refusal.Kind.TOO_MANY_SESSIONS,
                    "The account may have " + most + " sessions at a time");
              });
          next.add(session);
          known.putIfAbsent(id, account);
          return next;
        });
    review(account.id(), accounts.byId(account.id()).orElse(null));
  }

  private static long counted(Set<LiveSession> sessions) {
    return sessions.stream().filter(LiveSession::isCounted).count();
  }

  /** Tells of every session that has ended, on the thread that ended it. */
  public void onClosed(Consumer<LiveSession> listener) {
    closedListeners.add(listener);
  }

  /** Removes a session that has ended; a second call does nothing. */
  public void closed(LiveSession session) {
    remove(session);
    closedListeners.forEach(l -> l.accept(session));
  }

  private void remove(LiveSession session) {
    open.computeIfPresent(
        session.accountId(),
        (id, sessions) -> {
          sessions.remove(session);
          if (sessions.isEmpty()) {
            known.remove(id);
            return null;
          }
          return sessions;
        });
  }

  public List<LiveSession> of(UUID accountId) {
    Set<LiveSession> result = new HashSet<>();
    open.computeIfPresent(
        accountId,
        (id, sessions) -> {
          result.addAll(sessions);
          return sessions;
        });
    return List.copyOf(result);
  }

  /** Ends what has expired meanwhile; called about once a second. */
  public void reviewAll() {
    known.keySet().forEach(id -> review(id, accounts.byId(id).orElse(null)));
  }

  private void review(UUID id, Account now) {
    Account before = known.get(id);
    if (before == null) {
      return;
    }
    Refusal why = reasonToEnd(before, now);
    if (why != null) {
      of(id).forEach(session -> session.end(why));
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
