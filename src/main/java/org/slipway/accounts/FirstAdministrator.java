package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;
import org.slipway.audit.Who;
import org.slipway.settings.BadSettingException;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;

/**
 * The way to the first administrator while there is none: from the settings, or by a page that only
 * a one-time link opens. The link lives in memory and dies with its use or the process.
 */
@Singleton
public final class FirstAdministrator {
  private static final Logger LOG = Logger.getLogger(FirstAdministrator.class.getName());

  private final Settings settings;
  private final Accounts accounts;
  private final AccountDirectory directory;
  private final PasswordRules passwordRules;
  private final Clock clock;
  private final String token = UnguessableId.next();
  private final ReentrantLock making = new ReentrantLock();

  @Inject
  public FirstAdministrator(
      Settings settings,
      Accounts accounts,
      AccountDirectory directory,
      PasswordRules passwordRules,
      Clock clock) {
    this.passwordRules = passwordRules;
    this.settings = settings;
    this.accounts = accounts;
    this.directory = directory;
    this.clock = clock;
  }

  /** Whether there is no administrator yet, whatever the state of one. */
  public boolean isMissing() {
    return directory.all().stream().noneMatch(Account::isAdministrator);
  }

  /**
   * Makes the administrator that the settings name, if there is none.
   *
   * @return the token of the one-time link, where none is named and none exists
   */
  public Optional<String> prepare() {
    if (!isMissing()) {
      return Optional.empty();
    }
    Optional<String> username = settings.get(PortalSettings.ADMIN_USERNAME);
    Optional<String> password = settings.get(PortalSettings.ADMIN_PASSWORD);
    if (username.isPresent() && password.isPresent()) {
      warnOfWeak(password.get(), username.get());
      makeAsSet(username.get(), password.get());
      return Optional.empty();
    }
    return Optional.of(token);
  }

  private void makeAsSet(String username, String password) {
    try {
      make(username, password, Optional.empty(), Who.SYSTEM);
    } catch (InvalidInputException e) {
      throw new BadSettingException(
          "%s and %s make no administrator: %s"
              .formatted(
                  PortalSettings.ADMIN_USERNAME.name(),
                  PortalSettings.ADMIN_PASSWORD.name(),
                  e.getMessage()));
    }
  }

  /** Who writes the settings may do everything; but should know. */
  private void warnOfWeak(String password, String username) {
    for (Violation violation :
        passwordRules.judge(password, username, Optional.empty()).violations()) {
      LOG.warning(
          () -> "%s: %s".formatted(PortalSettings.ADMIN_PASSWORD.name(), violation.message()));
    }
  }

  /** Whether the first-start page may open for this link. */
  public boolean opens(String givenToken) {
    return givenToken != null
        && MessageDigest.isEqual(
            token.getBytes(StandardCharsets.UTF_8), givenToken.getBytes(StandardCharsets.UTF_8))
        && isMissing();
  }

  /**
   * Makes the first administrator.
   *
   * @throws RefusedException {@code CLOSED} if the link is not the one, or was used
   */
  public Account create(
      String givenToken, String username, String password, Optional<String> email, Who who) {
    making.lock();
    try {
      if (!opens(givenToken)) {
        throw new RefusedException(Refusal.Kind.CLOSED, "The set-up link is not valid any more");
      }
      passwordRules.check(password, username, email);
      return make(username, password, email, who);
    } finally {
      making.unlock();
    }
  }

  private Account make(String username, String password, Optional<String> email, Who who) {
    return accounts.create(
        AccountEdit.fresh(username, password, clock.instant())
            .email(email)
            .status(AccountStatus.ACTIVE, Optional.empty())
            .roles(EnumSet.of(Role.ADMIN))
            .account(),
        who);
  }
}
