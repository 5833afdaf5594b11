package org.slipway.signin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.Channel;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;
import org.slipway.settings.SettingText;

/**
 * Checks credentials: the one way in, over any channel. A wrong name and a wrong password are told
 * the same, after the same work; who is locked out is told so whatever the password.
 */
@Singleton
public final class Login {
  /** How long an attempt may wait for its turn. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration BUSY = Duration.ofSeconds(2);

  private final AccountDirectory directory;
  private final StoredPasswords passwords;
  private final LockOuts lockOuts;
  private final KnownSources knownSources;
  private final RefusedAttempts refusedAttempts;
  private final SecondFactor secondFactor;
  private final Authorization authorization;
  private final AuditTrail audit;
  private final Clock clock;

  /** One processor stays free for everything else. */
  private final PasswordChecks checks =
      new PasswordChecks(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), PATIENCE);

  @Inject
  public Login(
      AccountDirectory directory,
      StoredPasswords passwords,
      LockOuts lockOuts,
      KnownSources knownSources,
      RefusedAttempts refusedAttempts,
      SecondFactor secondFactor,
      Authorization authorization,
      AuditTrail audit,
      Clock clock) {
    this.directory = directory;
    this.passwords = passwords;
    this.lockOuts = lockOuts;
    this.knownSources = knownSources;
    this.refusedAttempts = refusedAttempts;
    this.secondFactor = secondFactor;
    this.authorization = authorization;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * The active account with this name and password. Success and refusal go to the audit trail; a
   * client of the API, which logs in with each request, is not written down each time, nor is one
   * that is locked out.
   *
   * @throws RefusedException {@code WRONG_CREDENTIALS}; {@code LOCKED_OUT}, with the time after
   *     which to try again; or the state of the account ({@code ACCOUNT_PENDING}, ...) or its rules
   *     of entry, which only one with the right password is told
   */
  public Account authenticate(
      String username, String password, Channel channel, InetAddress address) {
    return authenticate(username, password, channel, address, known -> Optional.empty());
  }

  /**
   * The same where the protocol has a say too.
   *
   * @param objection why the account may not come in like this; asked, told and written down only
   *     when the password is right
   */
  public Account authenticate(
      String username,
      String password,
      Channel channel,
      InetAddress address,
      Function<Account, Optional<Refusal>> objection) {
    Attempt attempt = Attempt.of(username, channel, address);
    Optional<Account> account = directory.byUsername(username);
    SecondFactor.Given given = secondFactor.given(account, password, channel);
    Verdict verdict = verdict(attempt, given.password());
    if (verdict == Verdict.WRONG || account.isEmpty()) {
      audit.refused(
          attempt.who(), AuditAction.SIGN_IN, username, Refusal.Kind.WRONG_CREDENTIALS.name());
      throw new RefusedException(
          Refusal.Kind.WRONG_CREDENTIALS, "The user name or the password is wrong");
    }
    Account known = account.get();
    require(
        attempt,
        known,
        () -> {
          // Before the code, which counts once.
          objection
              .apply(known)
              .ifPresent(refusal -> {
                throw refusal.asException();
              });
          secondFactor.require(known, given.code(), channel, address);
        });
    if (channel == Channel.WEB && secondFactor.isActive(known.id())) {
      // The second step tells and counts.
      return known;
    }
    admitted(attempt, known, verdict != Verdict.RIGHT_AGAIN || channel != Channel.API, null);
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
    Attempt attempt = Attempt.of(first.username(), Channel.WEB, address);
    requireNotLocked(attempt, isKnown(attempt));
    Account now =
        directory
            .byId(first.id())
            .filter(a -> a.passwordGeneration() == first.passwordGeneration())
            .orElseThrow(
                () -> new RefusedException(Refusal.Kind.NOT_LOGGED_IN, "Sign in once more"));
    require(attempt, now, () -> secondFactor.requireTyped(now.id(), code));
    admitted(attempt, now, true, "second factor");
    return now;
  }

  /** What is asked of one with the right password. */
  private void require(Attempt attempt, Account account, Runnable secondStep) {
    try {
      authorization
          .entryRefusal(account, attempt.channel(), attempt.address())
          .ifPresent(refusal -> {
            throw refusal.asException();
          });
      secondStep.run();
    } catch (RefusedException e) {
      audit.refused(
          attempt.who(), AuditAction.SIGN_IN, attempt.username(), e.refusal().kind().name());
      throw e;
    }
  }

  private void admitted(Attempt attempt, Account account, boolean told, String how) {
    lockOuts.succeeded(attempt.pair());
    knownSources.remember(account.id(), attempt.source());
    if (told) {
      audit.done(attempt.who(), AuditAction.SIGN_IN, account.username(), null, how);
    }
  }

  /**
   * Whether this is the account's password; for a change that asks for the current one. Failures
   * count as those of signing in do.
   *
   * @throws RefusedException {@code LOCKED_OUT}
   */
  public boolean isPasswordOf(Account account, String password, Who who) {
    Attempt attempt =
        Attempt.of(
            account.username(), Channel.valueOf(who.channel()), SettingText.address(who.address()));
    return verdict(attempt, password) != Verdict.WRONG;
  }

  /** Whether the password is right; counts it if it is not. */
  private Verdict verdict(Attempt attempt, String password) {
    boolean known = isKnown(attempt);
    requireNotLocked(attempt, known);
    if (passwords.isKnownToBeRight(attempt.username(), password)) {
      return Verdict.RIGHT_AGAIN;
    }
    int failures = lockOuts.failures(attempt.pair());
    Optional<PasswordChecks.Turn> given =
        checks.await(
            new PasswordChecks.Wish(
                attempt.pair(), known, failures, attempt.channel() != Channel.FTP));
    if (given.isEmpty() && passwords.isKnownToBeRight(attempt.username(), password)) {
      return Verdict.RIGHT_AGAIN;
    }
    try (PasswordChecks.Turn turn = given.orElseThrow(() -> busy(attempt))) {
      requireNotLocked(attempt, known);
      Verdict verdict = passwords.check(attempt.username(), password);
      if (verdict == Verdict.WRONG) {
        failed(attempt);
      }
      return verdict;
    }
  }

  private boolean isKnown(Attempt attempt) {
    return directory
        .byUsername(attempt.username())
        .filter(a -> knownSources.contains(a.id(), attempt.source()))
        .isPresent();
  }

  private void failed(Attempt attempt) {
    for (LockOut begun : lockOuts.failed(attempt.pair())) {
      audit.refused(
          attempt.who(),
          AuditAction.LOCKED_OUT,
          begun.kind() == LockOut.Kind.ADDRESS ? begun.address() : begun.username(),
          begun.kind() + " until " + begun.until() + " after " + begun.failures() + " failures");
    }
  }

  private void requireNotLocked(Attempt attempt, boolean known) {
    lockOuts
        .refusal(attempt.pair(), known)
        .ifPresent(lockOut -> {
          refusedAttempts.count(attempt);
          throw lockedOut(Duration.between(clock.instant(), lockOut.until())).asException();
        });
  }

  private RefusedException busy(Attempt attempt) {
    refusedAttempts.count(attempt);
    return lockedOut(BUSY).asException();
  }

  /** The same whatever the reason, the name and the password. */
  private static Refusal lockedOut(Duration left) {
    long seconds = Math.max(1, left.plusMillis(999).toSeconds());
    return Refusal.of(
        Refusal.Kind.LOCKED_OUT,
        "Too many sign-ins, failed or at once; try again in "
            + seconds
            + " s, or ask an administrator",
        Duration.ofSeconds(seconds));
  }
}
