package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditEntry.Outcome;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.AuditValues;
import org.slipway.audit.Who;
import org.slipway.database.GroupCommit;
import org.slipway.mail.MailAddress;
import org.slipway.mail.MailKind;
import org.slipway.mail.MailTexts;
import org.slipway.mail.Outbox;

/**
 * Forgotten passwords: a one-time code by mail lets its reader set a new password, and nothing
 * else. Whoever asks learns nothing of whether the account exists: what is looked up and written is
 * done after the answer.
 */
@Singleton
public final class PasswordResets {
  static final Duration LASTS = Duration.ofHours(1);

  /** How far apart mails to one account are. */
  static final Duration APART = Duration.ofMinutes(5);

  private static final int LONGEST_NAME = 254;
  private static final int MOST_ACCOUNTS_OF_AN_ADDRESS = 5;
  private static final int MOST_AN_HOUR = 30;

  private final AccountDirectory directory;
  private final Accounts accounts;
  private final Jdbi jdbi;
  private final GroupCommit writer;
  private final Outbox outbox;
  private final MailTexts texts;
  private final AuditTrail audit;
  private final Clock clock;
  private final RequestRate asking;
  private final RequestRate using;

  @Inject
  public PasswordResets(
      AccountDirectory directory,
      Accounts accounts,
      Jdbi jdbi,
      GroupCommit writer,
      Outbox outbox,
      MailTexts texts,
      AuditTrail audit,
      Clock clock) {
    this.directory = directory;
    this.accounts = accounts;
    this.jdbi = jdbi;
    this.writer = writer;
    this.outbox = outbox;
    this.texts = texts;
    this.audit = audit;
    this.clock = clock;
    this.asking = new RequestRate(clock, Duration.ofHours(1), () -> MOST_AN_HOUR);
    this.using = new RequestRate(clock, Duration.ofHours(1), () -> MOST_AN_HOUR);
    accounts.onChanged(this::changed);
  }

  /** A link that was mailed to another address is not the account's any more. */
  private void changed(Account before, Account after) {
    if (!before.email().equals(after.email())) {
      forget(after.id());
    }
  }

  private void forget(UUID accountId) {
    jdbi.useHandle(h -> h.execute("DELETE FROM password_reset WHERE account_id = ?", accountId));
  }

  private record Link(UUID accountId, int passwordGeneration, Instant expiresAt) {}

  /** Whether a link can be mailed at all. */
  public boolean isOn() {
    return outbox.isOn();
  }

  /**
   * Mails a link to the account of this name, or to those of this e-mail address. Ends the same way
   * whether there is one.
   *
   * @throws RefusedException {@code CLOSED} without a mail server, {@code LOCKED_OUT} if there were
   *     too many from this address
   */
  public void request(String nameOrEmail, Who who) {
    String typed = nameOrEmail == null ? "" : nameOrEmail.strip();
    if (typed.isEmpty() || typed.length() > LONGEST_NAME) {
      throw new InvalidInputException("username", "needed", "A user name or an e-mail address");
    }
    if (!isOn()) {
      throw new RefusedException(
          Refusal.Kind.CLOSED, "The portal sends no mail; ask an administrator for a new password");
    }
    limit(asking, AuditAction.PASSWORD_RESET_ASKED, typed, who);
    writer.offer(h -> answer(h, typed, who));
  }

  private void limit(RequestRate rate, AuditAction action, String subject, Who who) {
    try {
      rate.count(who.address());
    } catch (RefusedException e) {
      audit.refused(who, action, subject, e.refusal().kind().name());
      throw e;
    }
  }

  /** Runs on the writer's thread, so that it may not wait for the writer. */
  private void answer(Handle handle, String typed, Who who) {
    Instant now = clock.instant();
    List<Account> asked = asked(typed).filter(a -> a.stateRefusal(now).isEmpty()).toList();
    long mailed = asked.stream().filter(a -> mail(handle, a, now)).count();
    if (mailed > 0) {
      audit.happened(
          who,
          AuditAction.PASSWORD_RESET_ASKED,
          typed,
          Outcome.DONE,
          null,
          AuditValues.of("mails", mailed));
    } else {
      audit.refused(
          who, AuditAction.PASSWORD_RESET_ASKED, typed, "no active account that can be mailed now");
    }
  }

  private Stream<Account> asked(String typed) {
    return typed.contains("@")
        ? directory.all().stream()
            .filter(a -> a.email().filter(typed::equalsIgnoreCase).isPresent())
            .limit(MOST_ACCOUNTS_OF_AN_ADDRESS)
        : directory.byUsername(typed).stream();
  }

  private boolean mail(Handle handle, Account account, Instant now) {
    Optional<MailAddress> to = account.email().flatMap(MailAddress::find);
    if (to.isEmpty() || wasMailedSince(handle, account, now.minus(APART))) {
      return false;
    }
    String code = UnguessableId.next();
    handle.execute("DELETE FROM password_reset WHERE account_id = ?", account.id());
    handle.execute(
        "INSERT INTO password_reset (account_id, code_hash, password_generation, created_at,"
            + " expires_at) VALUES (?, ?, ?, ?, ?)",
        account.id(),
        UnguessableId.hash(code),
        account.passwordGeneration(),
        utc(now),
        utc(now.plus(LASTS)));
    return outbox.put(
        handle,
        texts.coded(
            MailKind.PASSWORD_RESET,
            to.get(),
            account.language(),
            new MailTexts.Code("/reset.xhtml?code=", code),
            account.username()));
  }

  private static boolean wasMailedSince(Handle handle, Account account, Instant since) {
    return handle
            .createQuery(
                "SELECT COUNT(*) FROM password_reset WHERE account_id = :id AND created_at > :since")
            .bind("id", account.id())
            .bind("since", utc(since))
            .mapTo(long.class)
            .one()
        > 0;
  }

  /** The name of the account that a code opens; empty for one that opens none, or not any more. */
  public Optional<String> opens(String code) {
    return find(code).map(Account::username);
  }

  /**
   * Sets a new password, which ends every session of the account and every link. Nobody is signed
   * in by it, and a lock-out stays as it is.
   *
   * @throws RefusedException {@code NO_SUCH_THING} if the code opens nothing
   * @throws InvalidInputException for a password that is against the rules; the code still counts
   */
  public void reset(String code, String password, Who who) {
    limit(using, AuditAction.PASSWORD_RESET, "", who);
    Account account =
        find(code)
            .orElseThrow(() -> {
              audit.refused(who, AuditAction.PASSWORD_RESET, "", "NO_SUCH_THING");
              return invalid();
            });
    int generation = account.passwordGeneration();
    accounts.setPassword(
        account.username(),
        password,
        now -> {
          if (now.passwordGeneration() != generation
              || now.stateRefusal(clock.instant()).isPresent()) {
            throw invalid();
          }
        },
        new Who(account.username(), who.address(), who.channel()));
    forget(account.id());
    audit.done(
        new Who(account.username(), who.address(), who.channel()),
        AuditAction.PASSWORD_RESET,
        account.username(),
        null,
        null);
  }

  private Optional<Account> find(String code) {
    if (code == null || code.isBlank()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    return jdbi.withHandle(h ->
            h.createQuery("SELECT * FROM password_reset WHERE code_hash = :hash")
                .bind("hash", UnguessableId.hash(code.strip()))
                .map((r, c) -> read(r))
                .findOne())
        .filter(link -> now.isBefore(link.expiresAt()))
        .flatMap(link ->
            directory
                .byId(link.accountId())
                .filter(a -> a.passwordGeneration() == link.passwordGeneration()))
        .filter(a -> a.stateRefusal(now).isEmpty());
  }

  void sweep() {
    jdbi.useHandle(
        h -> h.execute("DELETE FROM password_reset WHERE expires_at <= ?", utc(clock.instant())));
  }

  private static Link read(ResultSet r) throws SQLException {
    return new Link(
        r.getObject("account_id", UUID.class),
        r.getInt("password_generation"),
        r.getObject("expires_at", OffsetDateTime.class).toInstant());
  }

  private static RefusedException invalid() {
    return new RefusedException(
        Refusal.Kind.NO_SUCH_THING, "This link or code is not valid any more; ask for a new one");
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
