package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.slipway.mail.MailAddress;
import org.slipway.mail.MailKind;
import org.slipway.mail.MailTexts;
import org.slipway.mail.Outbox;

/** Who is told what about accounts by mail, where there is a mail server. */
@Singleton
public final class RegistrationMail {
  private static final Logger LOG = Logger.getLogger(RegistrationMail.class.getName());

  private final AccountDirectory directory;
  private final Outbox outbox;
  private final MailTexts texts;
  private final Clock clock;

  @Inject
  public RegistrationMail(
      AccountDirectory directory, Accounts accounts, Outbox outbox, MailTexts texts, Clock clock) {
    this.directory = directory;
    this.outbox = outbox;
    this.texts = texts;
    this.clock = clock;
    accounts.onChanged(this::changed);
  }

  /** Whether an address can be confirmed before anything is believed of it. */
  boolean isOn() {
    return outbox.isOn();
  }

  /** Asks the applicant to confirm; refuses the registration if this cannot be sent. */
  void confirm(Handle handle, ApplicationRows.Row application, MailAddress to, String code) {
    String path = "/registration.xhtml?id=" + application.registrationId() + "&code=";
    boolean queued =
        outbox.put(
            handle,
            texts.coded(
                MailKind.CONFIRMATION,
                to,
                application.language(),
                new MailTexts.Code(path, code),
                application.username()));
    if (!queued) {
      throw new RefusedException(
          Refusal.Kind.LOCKED_OUT, "Too many mails wait to be sent; try again later");
    }
  }

  /** Tells every administrator that somebody waits; several within minutes are one mail. */
  void somebodyWaits() {
    if (isOn()) {
      directory.all().stream()
          .filter(a -> a.isAdministrator() && a.stateRefusal(clock.instant()).isEmpty())
          .forEach(a -> tell(a, MailKind.REGISTRATIONS_WAIT, "/accounts/approvals.xhtml"));
    }
  }

  private void changed(Account before, Account after) {
    if (!isOn()) {
      return;
    }
    try {
      if (before.status() == AccountStatus.PENDING) {
        decided(after);
      }
      if (!before.email().equals(after.email())) {
        tell(before, MailKind.ADDRESS_CHANGED, "/signin.xhtml", after.username());
      }
      if (before.passwordGeneration() != after.passwordGeneration()) {
        tell(after, MailKind.PASSWORD_CHANGED, "/signin.xhtml", after.username());
      }
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "A change of an account could not be told by mail", e);
    }
  }

  private void decided(Account after) {
    if (after.status() == AccountStatus.ACTIVE) {
      tell(after, MailKind.APPROVED, "/signin.xhtml", after.username());
    } else if (after.status() == AccountStatus.REJECTED) {
      String reason = after.statusReason().orElse("");
      tell(
          after,
          MailKind.REJECTED,
          "/registration.xhtml?id=" + after.registrationId(),
          after.username(),
          reason);
    }
  }

  private void tell(Account account, MailKind kind, String path, Object... arguments) {
    Optional<MailAddress> to = account.email().flatMap(MailAddress::find);
    to.ifPresent(t -> outbox.put(texts.plain(kind, t, account.language(), path, arguments)));
  }
}
