package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Optional;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;

/** Checks credentials, over any channel, in the same time for a wrong name and a wrong password. */
@Singleton
public final class Login {
  private static final int LONGEST_PASSWORD = 1024;

  private final AccountDirectory directory;
  private final Accounts accounts;
  private final AuditTrail audit;
  private final Authorization authorization;
  private final VerifiedCredentials verified;

  @Inject
  public Login(
      AccountDirectory directory,
      Accounts accounts,
      Authorization authorization,
      AuditTrail audit,
      Clock clock) {
    this.directory = directory;
    this.accounts = accounts;
    this.audit = audit;
    this.authorization = authorization;
    this.verified = new VerifiedCredentials(clock);
  }

  /**
   * The active account with this name and password. Success and refusal go to the audit trail; a
   * client of the API, which logs in with each request, is not written down each time.
   *
   * @throws RefusedException {@code WRONG_CREDENTIALS}, or the state of the account ({@code
   *     ACCOUNT_PENDING}, ...) or its rules of entry, which only one with the right password is
   *     told
   */
  public Account authenticate(
      String username, String password, Channel channel, InetAddress address) {
    Who who = new Who(username, address.getHostAddress(), channel.name());
    Optional<Account> account = directory.byUsername(username);
    boolean again =
        channel == Channel.API && account.filter(a -> verified.knows(a, password)).isPresent();
    if (!verify(account, password)) {
      audit.refused(who, "SIGN_IN", username, Refusal.Kind.WRONG_CREDENTIALS.name());
      throw new RefusedException(
          Refusal.Kind.WRONG_CREDENTIALS, "The user name or the password is wrong");
    }
    Account known = account.orElseThrow();
    Optional<Refusal> refusal = authorization.entryRefusal(known, channel, address);
    if (refusal.isPresent()) {
      audit.refused(who, "SIGN_IN", username, refusal.get().kind().name());
      throw refusal.get().asException();
    }
    if (!again) {
      audit.done(who, "SIGN_IN", known.username(), null, null);
    }
    return known;
  }

  /** Whether this is the account's password; for a change that asks for the current one. */
  public boolean isPasswordOf(Account account, String password) {
    return verify(Optional.of(account), password);
  }

  private boolean verify(Optional<Account> account, String password) {
    if (account.isEmpty() || password.length() > LONGEST_PASSWORD) {
      PasswordHash.verifyNobody(password.substring(0, Math.min(password.length(), 64)));
      return false;
    }
    Account known = account.get();
    if (verified.knows(known, password)) {
      return true;
    }
    if (!PasswordHash.verify(password, known.passwordHash())) {
      return false;
    }
    if (PasswordHash.isOutdated(known.passwordHash())) {
      accounts.upgradeHash(known.id(), known.passwordHash(), PasswordHash.of(password));
    } else {
      verified.remember(known, password);
    }
    return true;
  }
}
