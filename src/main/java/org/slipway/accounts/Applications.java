package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.AuditValues;
import org.slipway.audit.Who;
import org.slipway.database.Changes;
import org.slipway.database.Topic;
import org.slipway.mail.MailAddress;

/** Registrations that wait for the confirmation of their e-mail address. */
@Singleton
public final class Applications {
  static final Duration CONFIRMABLE = Duration.ofHours(24);

  private final Jdbi jdbi;
  private final Changes changes;
  private final RegistrationMail mail;
  private final AuditTrail audit;
  private final Clock clock;

  @Inject
  public Applications(
      Jdbi jdbi, Changes changes, RegistrationMail mail, AuditTrail audit, Clock clock) {
    this.jdbi = jdbi;
    this.changes = changes;
    this.mail = mail;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Keeps what shall become an account, and mails its code.
   *
   * @param checks are made in the same transaction, before; they may refuse
   */
  ApplicationRows.Row add(Account a, Consumer<Handle> checks, Who who) {
    String code = UnguessableId.next();
    Instant now = clock.instant();
    ApplicationRows.Row row =
        new ApplicationRows.Row(
            a.registrationId(),
            a.username(),
            a.email().orElseThrow(),
            a.displayName(),
            a.language(),
            a.passwordHash(),
            UnguessableId.hash(code),
            now,
            now.plus(CONFIRMABLE));
    changes.make(
        Topic.ACCOUNTS,
        (h, revision) -> {
          ApplicationRows.deleteExpired(h, now);
          checks.accept(h);
          ApplicationRows.insert(h, row);
          mail.confirm(h, row, MailAddress.find(row.email()).orElseThrow(), code);
          return null;
        });
    audit.done(
        who, AuditAction.APPLIED, row.username(), null, AuditValues.of("email", row.email()));
    return row;
  }

  Optional<ApplicationRows.Row> find(String registrationId) {
    return jdbi.withHandle(h -> ApplicationRows.find(h, registrationId, clock.instant()));
  }

  /** The application with this id, if this is the code that was mailed. */
  ApplicationRows.Row confirmed(String registrationId, String code, Who who) {
    ApplicationRows.Row row = find(registrationId).orElseThrow(Applications::missing);
    boolean right =
        MessageDigest.isEqual(
            row.codeHash().getBytes(StandardCharsets.US_ASCII),
            UnguessableId.hash(code.strip()).getBytes(StandardCharsets.US_ASCII));
    if (!right) {
      audit.refused(who, AuditAction.ADDRESS_CONFIRMED, row.username(), "WRONG_CODE");
      throw new InvalidInputException("code", "mailCode.wrong", "This is not the code of the mail");
    }
    return row;
  }

  /** Removes one that becomes an account, in the transaction that makes it. */
  void remove(Handle handle, String registrationId) {
    if (ApplicationRows.delete(handle, registrationId) == 0) {
      throw missing();
    }
  }

  void sweep() {
    jdbi.useHandle(h -> ApplicationRows.deleteExpired(h, clock.instant()));
  }

  private static RefusedException missing() {
    return new RefusedException(
        Refusal.Kind.NO_SUCH_THING, "There is no registration that waits for a confirmation");
  }
}
