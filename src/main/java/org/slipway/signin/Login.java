package org.slipway.signin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Optional;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.Accounts;
import org.slipway.accounts.Channel;
import org.slipway.accounts.PasswordHash;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;

/** Checks credentials, over any channel, in the same time for a wrong name and a wrong password. */
@Singleton
public final class Login {
  private static final int LONGEST_PASSWORD = 1024;

  private final AccountDirectory directory;
  private final Accounts accounts;
  private final AuditTrail audit;
  private final Clock clock;
  private final SecondFactor secondFactor;
  private final VerifiedCredentials verified;

  @Inject
  public Login(
      AccountDirectory directory,
      Accounts accounts,
      SecondFactor secondFactor,
      AuditTrail audit,
      Clock clock) {
    this.directory = directory;
    this.accounts = accounts;
    this.secondFactor = secondFactor;
    this.audit = audit;
    this.clock = clock;
    this.verified = new VerifiedCredentials(clock);
  }

  /**
   * The active account with this name and password. Success and refusal go to the audit trail; a
   * client of the API, which logs in with each request, is not written down each time. On the
   * console an account with a second factor is not signed in yet: {@link #complete} asks for it.
   *
   * @param password followed by the digits of the second factor, except on the console
   * @throws RefusedException {@code WRONG_CREDENTIALS}, or the state of the account ({@code
   *     ACCOUNT_PENDING}, ...) or the want of its second factor, which only one with the right
   *     password is told
   */
  public Account authenticate(
      String username, String password, Channel channel, InetAddress address) {
    Who who = new Who(username, address.getHostAddress(), channel.name());
    Optional<Account> account = directory.byUsername(username);
    SecondFactor.Given given = secondFactor.given(account, password, channel);
    boolean again =
        channel == Channel.API
            && account.filter(a -> verified.knows(a, given.password())).isPresent();
    if (!verify(account, given.password())) {
      audit.refused(who, "SIGN_IN", username, Refusal.Kind.WRONG_CREDENTIALS.name());
      throw new RefusedException(
          Refusal.Kind.WRONG_CREDENTIALS, "The user name or the password is wrong");
    }
    Account known = account.orElseThrow();
    audited(
        who,
        () -> {
          known.stateRefusal(clock.instant()).ifPresent(Login::refuse);
          secondFactor.require(known, given.code(), channel, address);
        });
    boolean codeToCome = channel == Channel.WEB && secondFactor.isActive(known.id());
    if (!again && !codeToCome) {
      audit.done(who, "SIGN_IN", known.username(), null, null);
    }
    return known;
  }

  /**
   * The second step of a sign-in on the console.
   *
   * @param first as {@link #authenticate} gave it
   * @param code of the authenticator app, or a recovery code
   * @throws RefusedException {@code SECOND_FACTOR_NEEDED} if it is wrong, {@code LOCKED_OUT} after
   *     too many, {@code NOT_LOGGED_IN} if the account has changed so much that the first step does
   *     not count any more
   */
  public Account complete(Account first, String code, InetAddress address) {
    Who who = new Who(first.username(), address.getHostAddress(), Channel.WEB.name());
    Account now =
        directory
            .byId(first.id())
            .filter(a -> a.passwordGeneration() == first.passwordGeneration())
            .orElseThrow(
                () -> new RefusedException(Refusal.Kind.NOT_LOGGED_IN, "Sign in once more"));
    audited(
        who,
        () -> {
          now.stateRefusal(clock.instant()).ifPresent(Login::refuse);
          secondFactor.requireTyped(now.id(), code);
        });
    audit.done(who, "SIGN_IN", now.username(), null, "second factor");
    return now;
  }

  private void audited(Who who, Runnable checks) {
    try {
      checks.run();
    } catch (RefusedException e) {
      audit.refused(who, "SIGN_IN", who.name(), e.refusal().kind().name());
      throw e;
    }
  }

  private static void refuse(Refusal refusal) {
    throw refusal.asException();
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
