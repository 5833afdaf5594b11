package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
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
  private final Clock clock;
  private final Map<UUID, Map<LiveSession, OpenSession>> open = new ConcurrentHashMap<>();
  private final List<Consumer<LiveSession>> closedListeners = new CopyOnWriteArrayList<>();

  @Inject
  public AccountSessions(
      AccountDirectory accounts, Groups groups, Authorization authorization, Clock clock) {
    this.accounts = accounts;
    this.clock = clock;
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
    OpenSession opened =
        new OpenSession(UUID.randomUUID().toString(), session, account, clock.instant());
    open.compute(
        account.id(),
        (id, sessions) -> {
          Map<LiveSession, OpenSession> next = sessions == null ? new LinkedHashMap<>() : sessions;
          account
              .maxSessions()
              .filter(most -> session.isCounted() && counted(next.keySet()) >= most)
              .ifPresent(most -> {
                throw new RefusedException(
                    Refusal.Kind.TOO_MANY_SESSIONS,
                    "The account may have " + most + " sessions at a time");
              });
          next.put(session, opened);
          return next;
        });
    review(opened, accounts.byId(account.id()), now -> refusal(now, Entrance.of(session)));
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

  /** The sessions of all accounts. */
  public List<OpenSession> opened() {
    return open.keySet().stream().map(this::opened).flatMap(List::stream).toList();
  }

  /** Ends what may not go on any more, or has stayed too long; called about once a second. */
  public void reviewAll() {
    open.keySet().forEach(this::review);
  }

  /** Thousands of sessions of one account come from few places: each place is asked about once. */
  private void review(UUID id) {
    Optional<Account> now = accounts.byId(id);
    Map<Entrance, Optional<Refusal>> asked = new HashMap<>();
    opened(id)
        .forEach(opened ->
            review(
                opened,
                now,
                account ->
                    asked.computeIfAbsent(
                        Entrance.of(opened.session()), entrance -> refusal(account, entrance))));
  }

  /** Where a session came in. */
  private record Entrance(Channel channel, String address) {
    static Entrance of(LiveSession session) {
      return new Entrance(session.channel(), session.address());
    }
  }

  private Optional<Refusal> refusal(Account account, Entrance entrance) {
    return authorization.entryRefusal(
        account, entrance.channel(), SettingText.address(entrance.address()));
  }

  private void review(
      OpenSession opened,
      Optional<Account> now,
      Function<Account, Optional<Refusal>> entryRefusal) {
    reasonToEnd(opened.session(), opened.account(), now, entryRefusal)
        .or(() -> opened.session().overdue(clock.instant()))
        .ifPresent(opened.session()::end);
  }

  private static Optional<Refusal> reasonToEnd(
      LiveSession session,
      Account before,
      Optional<Account> account,
      Function<Account, Optional<Refusal>> entryRefusal) {
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
    return entryRefusal.apply(now).or(() -> session.objection(now));
  }

  private static Optional<Refusal> notAnyMore(String why) {
    return Optional.of(Refusal.of(Refusal.Kind.NOT_LOGGED_IN, why));
  }
}
