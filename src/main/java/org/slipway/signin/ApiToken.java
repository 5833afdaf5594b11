package org.slipway.signin;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slipway.accounts.Account;

/**
 * Stands for an account in the REST API, as far as its scopes go. The text that proves it is not
 * kept.
 *
 * @param passwordGeneration of the account; another password ends the token
 * @param lastUsedAddress from where it was used last
 */
public record ApiToken(
    UUID id,
    UUID accountId,
    String name,
    Set<Scope> scopes,
    int passwordGeneration,
    Instant createdAt,
    Instant expiresAt,
    Optional<Instant> lastUsedAt,
    Optional<String> lastUsedAddress) {

  /** Whether it still works. */
  public enum State {
    ACTIVE,
    EXPIRED,
    REVOKED
  }

  public State state(Account account, Instant now) {
    if (passwordGeneration != account.passwordGeneration()) {
      return State.REVOKED;
    }
    return now.isBefore(expiresAt) ? State.ACTIVE : State.EXPIRED;
  }
}
