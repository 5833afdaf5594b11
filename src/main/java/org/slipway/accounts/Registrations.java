package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.slipway.audit.AuditAction;
import org.slipway.audit.Who;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.PortalSettings.RegistrationMode;
import org.slipway.settings.Settings;

/** Self-registration: people apply, and follow what became of it by an id that nobody can guess. */
@Singleton
public final class Registrations {
  private final Settings settings;
  private final Accounts accounts;
  private final AccountDirectory directory;
  private final PasswordRules passwordRules;
  private final Clock clock;

  @Inject
  public Registrations(
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

  /** What an applicant enters. */
  public record Application(
      String username, String password, Optional<String> email, Optional<String> displayName) {}

  /** What became of a registration. */
  public record State(String id, String username, AccountStatus status, Optional<String> reason) {}

  /**
   * Registers. The account waits for approval, or is active at once where the settings say {@code
   * open}.
   *
   * @throws RefusedException {@code CLOSED}, or {@code ALREADY_EXISTS} if the name is taken
   * @throws InvalidInputException for bad fields
   */
  public State register(Application application, Who who) {
    RegistrationMode mode = settings.get(PortalSettings.REGISTRATION);
    if (mode == RegistrationMode.CLOSED) {
      throw new RefusedException(
          Refusal.Kind.CLOSED, "Registration is closed; ask an administrator for an account");
    }
    new AccountRules()
        .username(application.username())
        .also(
            passwordRules
                .judge(application.password(), application.username(), application.email())
                .violations())
        .email(application.email(), true)
        .displayName(application.displayName().orElse(""))
        .check();
    if (directory.byUsername(application.username()).isPresent()) {
      throw new RefusedException(
          Refusal.Kind.ALREADY_EXISTS, "The user name " + application.username() + " is taken");
    }
    AccountEdit edit =
        AccountEdit.fresh(application.username(), application.password(), clock.instant())
            .email(application.email())
            .displayName(
                application.displayName().filter(n -> !n.isBlank()).orElse(application.username()))
            .quota(Optional.of(defaultQuotaBytes()), Optional.of(defaultQuotaFiles()));
    if (mode == RegistrationMode.OPEN) {
      edit.status(AccountStatus.ACTIVE, Optional.empty());
    }
    return state(accounts.create(edit.account(), who, AuditAction.REGISTERED));
  }

  /** What became of the registration with this id. */
  public Optional<State> state(String registrationId) {
    return directory.all().stream()
        .filter(a -> a.registrationId().equals(registrationId))
        .findFirst()
        .map(Registrations::state);
  }

  public Set<Account> waiting() {
    return directory.all().stream()
        .filter(a -> a.status() == AccountStatus.PENDING)
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  public long defaultQuotaBytes() {
    return settings.get(PortalSettings.REGISTRATION_QUOTA);
  }

  public long defaultQuotaFiles() {
    return settings.get(PortalSettings.REGISTRATION_QUOTA_FILES);
  }

  private static State state(Account a) {
    return new State(a.registrationId(), a.username(), a.status(), a.statusReason());
  }
}
