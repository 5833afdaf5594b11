package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** The one place that says whether an account may do something, over any channel. */
@Singleton
public final class Authorization {
  private final AccountDirectory accounts;
  private final Clock clock;

  @Inject
  public Authorization(AccountDirectory accounts, Clock clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  /**
   * The account as it is now, if it may do anything at all; its state may have changed since login.
   */
  public Account current(UUID accountId) {
    Account account =
        accounts
            .byId(accountId)
            .orElseThrow(() ->
                new RefusedException(Refusal.Kind.NOT_LOGGED_IN, "The account does not exist"));
    account
        .stateRefusal(clock.instant())
        .ifPresent(r -> {
          throw r.asException();
        });
    return account;
  }

  /** Whether an account may do an action of the portal; empty if it may. */
  public Optional<Refusal> check(UUID accountId, Channel channel, Action action) {
    try {
      Account account = current(accountId);
      return account.hasRole(action.least())
          ? Optional.empty()
          : Optional.of(
              Refusal.of(
                  Refusal.Kind.NO_PERMISSION, "This needs the role " + action.least().name()));
    } catch (RefusedException e) {
      return Optional.of(e.refusal());
    }
  }

  /**
   * Whether an account may do something with a path of its home; empty if it may.
   *
   * @param path as the account names it; rights may differ by folder
   */
  public Optional<Refusal> check(
      UUID accountId, Channel channel, Permission permission, String path) {
    try {
      Account account = current(accountId);
      return account.permissions().contains(permission)
          ? Optional.empty()
          : Optional.of(
              Refusal.of(
                  Refusal.Kind.NO_PERMISSION,
                  "The account lacks the permission " + permission.name()));
    } catch (RefusedException e) {
      return Optional.of(e.refusal());
    }
  }

  public void require(UUID accountId, Channel channel, Action action) {
    check(accountId, channel, action).ifPresent(Authorization::refuse);
  }

  public void require(UUID accountId, Channel channel, Permission permission, String path) {
    check(accountId, channel, permission, path).ifPresent(Authorization::refuse);
  }

  private static void refuse(Refusal refusal) {
    throw refusal.asException();
  }
}
