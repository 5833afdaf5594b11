package org.slipway.signin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.Accounts;
import org.slipway.accounts.PasswordHash;

/** Compares a password with the stored one, in the same time whether there is an account or not. */
@Singleton
public final class StoredPasswords {
  private static final int LONGEST_PASSWORD = 1024;
  private static final int ENOUGH_FOR_NOBODY = 64;

  private final AccountDirectory directory;
  private final Accounts accounts;
  private final VerifiedCredentials verified;

  @Inject
  public StoredPasswords(AccountDirectory directory, Accounts accounts, Clock clock) {
    this.directory = directory;
    this.accounts = accounts;
    this.verified = new VerifiedCredentials(clock);
  }

  /** Whether it is known to be right without a slow hash. */
  boolean isKnownToBeRight(String username, String password) {
    return directory.byUsername(username).filter(a -> verified.knows(a, password)).isPresent();
  }

  /** Costs one slow hash, right or wrong, unless it is known by now. */
  Verdict check(String username, String password) {
    Optional<Account> account = directory.byUsername(username);
    if (account.isEmpty() || password.length() > LONGEST_PASSWORD) {
      PasswordHash.verifyNobody(
          password.substring(0, Math.min(password.length(), ENOUGH_FOR_NOBODY)));
      return Verdict.WRONG;
    }
    Account known = account.get();
    if (verified.knows(known, password)) {
      return Verdict.RIGHT_AGAIN;
    }
    if (!PasswordHash.verify(password, known.passwordHash())) {
      return Verdict.WRONG;
    }
    if (PasswordHash.isOutdated(known.passwordHash())) {
      accounts.upgradeHash(known.id(), known.passwordHash(), PasswordHash.of(password));
    } else {
      verified.remember(known, password);
    }
    return Verdict.RIGHT;
  }
}
