package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.PortalSettings.RegistrationMode;
import org.slipway.settings.Settings;

/**
 * Self-registration: people apply, and follow what became of it by an id that nobody can guess.
 * Where there is a mail server an application becomes an account when its address is confirmed;
 * until then it is seen by nobody but the applicant, and forgotten after a day.
 */
@Singleton
public final class Registrations {
  private final Settings settings;
  private final Accounts accounts;
  private final AccountDirectory directory;
  private final Applications applications;
  private final OwnNames names;
  private final Invitations invitations;
  private final RegistrationMail mail;
  private final AuditTrail audit;
  private final PasswordRules passwordRules;
  private final Clock clock;
  private final RequestRate registering;
  private final RequestRate confirming;

  @Inject
  public Registrations(
      Settings settings,
      Accounts accounts,
      AccountDirectory directory,
      Applications applications,
      OwnNames names,
      Invitations invitations,
      RegistrationMail mail,
      AuditTrail audit,
      PasswordRules passwordRules,
      Clock clock) {
    this.passwordRules = passwordRules;
    this.settings = settings;
    this.accounts = accounts;
    this.directory = directory;
    this.applications = applications;
    this.names = names;
    this.invitations = invitations;
    this.mail = mail;
    this.audit = audit;
    this.clock = clock;
    this.registering =
        new RequestRate(
            clock, Duration.ofHours(1), () -> settings.get(PortalSettings.REGISTRATION_PER_HOUR));
    this.confirming = new RequestRate(clock, Duration.ofMinutes(1), () -> 60);
  }

  /**
   * What an applicant enters.
   *
   * @param language of the mails to the applicant
   * @param invitation the code of one
   */
  public record Application(
      String username,
      String password,
      Optional<String> email,
      Optional<String> displayName,
      Optional<String> language,
      Optional<String> invitation) {

    public Application(
        String username, String password, Optional<String> email, Optional<String> displayName) {
      this(username, password, email, displayName, Optional.empty(), Optional.empty());
    }

    @Override
    public String toString() {
      return "Application[" + username + "]";
    }
  }

  /** What a registration waits for. */
  public enum Waiting {
    CONFIRMATION,
    APPROVAL
  }

  /** What became of a registration. */
  public record State(
      String id,
      String username,
      AccountStatus status,
      Optional<String> reason,
      Optional<Waiting> waiting) {}

  /** Whether an applicant must confirm the e-mail address before anything else happens. */
  public boolean needsConfirmation() {
    return mail.isOn();
  }

  /**
   * Registers. The account waits for the confirmation of its address where there is a mail server,
   * then for approval, unless the settings say {@code open}. An invitation makes it active at once.
   *
   * @throws RefusedException {@code CLOSED}; {@code ALREADY_EXISTS} if the name or one that looks
   *     like it is taken; {@code LOCKED_OUT} if there were too many from this address
   * @throws InvalidInputException for bad fields
   */
  public State register(Application application, Who who) {
    try {
      return registered(application, who);
    } catch (RefusedException e) {
      audit.refused(who, AuditAction.REGISTERED, application.username(), e.refusal().kind().name());
      throw e;
    }
  }

  private State registered(Application application, Who who) {
    registering.count(who.address());
    Optional<Invitation> invitation =
        application
            .invitation()
            .map(code -> invitations.valid(code).orElseThrow(Invitations::invalid));
    RegistrationMode mode = settings.get(PortalSettings.REGISTRATION);
    if (mode == RegistrationMode.CLOSED && invitation.isEmpty()) {
      throw new RefusedException(
          Refusal.Kind.CLOSED, "Registration is closed; ask an administrator for an account");
    }
    Optional<String> email = invitation.flatMap(Invitation::email).or(application::email);
    boolean confirmed = invitation.isPresent() || !needsConfirmation();
    // A name that is kept for the portal may be somebody's already, such as an administrator's.
    if (Optional.ofNullable(application.username()).flatMap(directory::byUsername).isPresent()) {
      throw OwnNames.taken(application.username());
    }
    check(application, email, !confirmed);
    AccountEdit edit = edit(application, email);
    if (invitation.isPresent()) {
      return state(invited(edit, invitation.get(), who));
    }
    return confirmed ? state(enrolled(edit, mode, who)) : unconfirmed(edit.account(), who);
  }

  private void check(Application a, Optional<String> email, boolean mailable) {
    AccountRules rules =
        new AccountRules()
            .selfChosen(a.username())
            .also(passwordRules.judge(a.password(), a.username(), email).violations())
            .email(email, true)
            .displayName(a.displayName().orElse(""));
    if (mailable) {
      rules.mailable(email);
    }
    rules.check();
  }

  private AccountEdit edit(Application application, Optional<String> email) {
    return AccountEdit.fresh(application.username(), application.password(), clock.instant())
        .email(email)
        .displayName(
            application.displayName().filter(n -> !n.isBlank()).orElse(application.username()))
        .language(application.language())
        .quota(Optional.of(defaultQuotaBytes()), Optional.of(defaultQuotaFiles()));
  }

  private Account invited(AccountEdit edit, Invitation invitation, Who who) {
    edit.quota(invitation.quotaBytes(), invitation.quotaFiles())
        .roles(Set.of(invitation.role()))
        .status(AccountStatus.ACTIVE, Optional.empty());
    return accounts.create(
        edit.account(),
        who,
        AuditAction.REGISTERED,
        h -> {
          names.require(h, edit.account().username());
          invitations.use(h, invitation);
        });
  }

  private Account enrolled(AccountEdit edit, RegistrationMode mode, Who who) {
    boolean open = mode == RegistrationMode.OPEN;
    edit.status(open ? AccountStatus.ACTIVE : AccountStatus.PENDING, Optional.empty());
    Account made =
        accounts.create(
            edit.account(),
            who,
            AuditAction.REGISTERED,
            h -> {
              names.require(h, edit.account().username());
              if (!open) {
                requireRoom(h);
              }
            });
    if (!open) {
      mail.somebodyWaits();
    }
    return made;
  }

  private State unconfirmed(Account account, Who who) {
    return state(
        applications.add(
            account,
            h -> {
              names.require(h, account.username());
              requireRoom(h);
            },
            who));
  }

  /**
   * Confirms the address of an application by the code that was mailed to it.
   *
   * @throws RefusedException {@code NO_SUCH_THING} if there is none, or not any more
   * @throws InvalidInputException for a wrong code
   */
  public State confirm(String registrationId, String code, Who who) {
    confirming.count(who.address());
    ApplicationRows.Row row = applications.confirmed(registrationId, code, who);
    boolean open = settings.get(PortalSettings.REGISTRATION) == RegistrationMode.OPEN;
    AccountEdit edit =
        AccountEdit.applied(registrationId, row.username(), row.passwordHash(), clock.instant())
            .email(Optional.of(row.email()))
            .displayName(row.displayName())
            .language(row.language())
            .quota(Optional.of(defaultQuotaBytes()), Optional.of(defaultQuotaFiles()))
            .status(open ? AccountStatus.ACTIVE : AccountStatus.PENDING, Optional.empty());
    Account made =
        accounts.create(
            edit.account(),
            who,
            AuditAction.REGISTERED,
            h -> {
              applications.remove(h, registrationId);
              names.require(h, row.username());
            });
    if (!open) {
      mail.somebodyWaits();
    }
    return state(made);
  }

  private void requireRoom(Handle handle) {
    if (ApplicationRows.usernames(handle).size() + waiting().size()
        >= settings.get(PortalSettings.REGISTRATION_WAITING)) {
      throw new RefusedException(
          Refusal.Kind.LOCKED_OUT, "Too many registrations wait at the moment; try again later");
    }
  }

  /** What became of the registration with this id. */
  public Optional<State> state(String registrationId) {
    return directory.all().stream()
        .filter(a -> a.registrationId().equals(registrationId))
        .findFirst()
        .map(Registrations::state)
        .or(() -> applications.find(registrationId).map(Registrations::state));
  }

  public Set<Account> waiting() {
    return directory.all().stream()
        .filter(a -> a.status() == AccountStatus.PENDING)
        .collect(Collectors.toUnmodifiableSet());
  }

  public long defaultQuotaBytes() {
    return settings.get(PortalSettings.REGISTRATION_QUOTA);
  }

  public long defaultQuotaFiles() {
    return settings.get(PortalSettings.REGISTRATION_QUOTA_FILES);
  }

  private static State state(Account a) {
    return new State(
        a.registrationId(),
        a.username(),
        a.status(),
        a.statusReason(),
        a.status() == AccountStatus.PENDING ? Optional.of(Waiting.APPROVAL) : Optional.empty());
  }

  private static State state(ApplicationRows.Row a) {
    return new State(
        a.registrationId(),
        a.username(),
        AccountStatus.PENDING,
        Optional.empty(),
        Optional.of(Waiting.CONFIRMATION));
  }
}
