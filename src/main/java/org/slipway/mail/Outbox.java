package org.slipway.mail;

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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.StoredText;
import org.slipway.audit.Who;
import org.slipway.database.Conditions;
import org.slipway.mail.OutboxEntry.State;
import org.slipway.settings.MailSettings;
import org.slipway.settings.Settings;

/**
 * The mails that wait to be sent, durable and bounded, and for some days what became of them. The
 * text of a mail is encrypted as long as it waits and gone afterwards. A mail is sent by the
 * instance that has put it in, since no other has the key.
 */
@Singleton
public final class Outbox {
  static final int MOST_WAITING = 2000;
  static final String NOT_IN_TIME = "not sent in time";
  private static final Duration KEPT = Duration.ofDays(7);
  private static final int MOST_KEPT = 5000;

  private final Settings settings;
  private final Jdbi jdbi;
  private final AuditTrail audit;
  private final Clock clock;
  private final SealedText seal;

  @Inject
  public Outbox(Settings settings, Jdbi jdbi, AuditTrail audit, Clock clock) {
    this.settings = settings;
    this.jdbi = jdbi;
    this.audit = audit;
    this.clock = clock;
    this.seal = new SealedText(settings.dataDirectory().resolve("mail.key"));
  }

  /** Whether there is a mail server at all. */
  public boolean isOn() {
    return settings.get(MailSettings.SMTP_HOST).isPresent();
  }

  /** Puts a mail in, in a transaction of its own. */
  public boolean put(Mail mail) {
    return jdbi.inTransaction(h -> put(h, mail));
  }

  /**
   * Puts a mail in, in the transaction of what it is about.
   *
   * @return false if there is no mail server, or too much waits already
   */
  public boolean put(Handle handle, Mail mail) {
    if (!isOn()) {
      return false;
    }
    Instant now = clock.instant();
    if (waiting(handle) >= MOST_WAITING) {
      audit.refused(
          Who.SYSTEM, AuditAction.MAIL, mail.to().text(), "the outbox is full: " + mail.kind());
      return false;
    }
    Duration apart = mail.kind().apart();
    if (!apart.isZero() && alreadyWaits(handle, mail)) {
      return true;
    }
    Instant due =
        newest(handle, mail).map(t -> t.plus(apart)).filter(t -> t.isAfter(now)).orElse(now);
    handle.execute(
        """
        INSERT INTO outbox_mail (kind, recipient, key_id, sealed_text, state, attempts, due_at,
          useless_at, created_at) VALUES (?, ?, ?, ?, 'WAITING', 0, ?, ?, ?)
        """,
        mail.kind().name(),
        mail.to().text(),
        seal.keyId(),
        seal.seal(mail.subject() + "\n" + mail.text()),
        utc(due),
        utc(due.plus(mail.kind().useful())),
        utc(now));
    return true;
  }

  private static long waiting(Handle handle) {
    return handle
        .createQuery("SELECT COUNT(*) FROM outbox_mail WHERE state = 'WAITING'")
        .mapTo(long.class)
        .one();
  }

  private static boolean alreadyWaits(Handle handle, Mail mail) {
    return handle
            .createQuery(
                "SELECT COUNT(*) FROM outbox_mail WHERE recipient = :to AND kind = :kind"
                    + " AND state = 'WAITING' AND attempts = 0")
            .bind("to", mail.to().text())
            .bind("kind", mail.kind().name())
            .mapTo(long.class)
            .one()
        > 0;
  }

  private Optional<Instant> newest(Handle handle, Mail mail) {
    return mail.kind().apart().isZero()
        ? Optional.empty()
        : handle
            .createQuery(
                "SELECT due_at FROM outbox_mail WHERE recipient = :to AND kind = :kind"
                    + " ORDER BY due_at DESC FETCH FIRST 1 ROW ONLY")
            .bind("to", mail.to().text())
            .bind("kind", mail.kind().name())
            .map((r, c) -> r.getObject("due_at", OffsetDateTime.class).toInstant())
            .findOne();
  }

  /** A mail whose turn it is, with its text. */
  record Due(long id, Mail mail, int attempts, Instant useless) {}

  List<Due> due(int most) {
    return jdbi.withHandle(h ->
        h.createQuery(
                "SELECT * FROM outbox_mail WHERE state = 'WAITING' AND due_at <= :now AND key_id = :key"
                    + " ORDER BY due_at, id FETCH FIRST :most ROWS ONLY")
            .bind("now", utc(clock.instant()))
            .bind("key", seal.keyId())
            .bind("most", most)
            .map((r, c) -> readDue(r))
            .list());
  }

  private Due readDue(ResultSet r) throws SQLException {
    String[] parts = seal.open(r.getString("sealed_text")).split("\n", 2);
    Mail mail =
        new Mail(
            MailKind.valueOf(r.getString("kind")),
            new MailAddress(r.getString("recipient")),
            parts[0],
            parts[1]);
    return new Due(r.getLong("id"), mail, r.getInt("attempts"), instant(r, "useless_at"));
  }

  /**
   * Counts an attempt before it is made: where that cannot be written, what becomes of the mail
   * could not be written either, and it would be sent again and again.
   *
   * @param next when it is tried again, should nothing be heard of this attempt
   * @return false if it does not wait any more
   */
  boolean claim(Due due, Instant next) {
    return jdbi.withHandle(h ->
        h.execute(
                "UPDATE outbox_mail SET attempts = attempts + 1, due_at = ?"
                    + " WHERE id = ? AND state = 'WAITING' AND attempts = ?",
                utc(next),
                due.id(),
                due.attempts())
            == 1);
  }

  void sent(Due due) {
    jdbi.useHandle(h -> end(h, due.id(), State.SENT, null));
  }

  void failed(Due due, String error) {
    jdbi.useHandle(h -> end(h, due.id(), State.FAILED, error));
  }

  /** The time of the end becomes the due time, from which the next of its kind keeps apart. */
  private boolean end(Handle handle, long id, State state, String error) {
    OffsetDateTime now = utc(clock.instant());
    return handle.execute(
            "UPDATE outbox_mail SET state = ?, sealed_text = NULL, due_at = ?, ended_at = ?,"
                + " error = ? WHERE id = ? AND state = 'WAITING'",
            state.name(),
            now,
            now,
            error,
            id)
        == 1;
  }

  void postpone(Due due, Instant until, String error) {
    jdbi.useHandle(h ->
        h.execute(
            "UPDATE outbox_mail SET due_at = ?, error = ? WHERE id = ?",
            utc(until),
            error,
            due.id()));
  }

  /** The newest mails, whatever became of them. */
  public List<OutboxEntry> newest(int offset, int limit) {
    return newest("", offset, limit);
  }

  /** The newest mails to recipients with this text in their address. */
  public List<OutboxEntry> newest(String text, int offset, int limit) {
    Conditions where = to(text);
    return jdbi.withHandle(h ->
        where
            .bind(
                h.createQuery(
                    "SELECT * FROM outbox_mail"
                        + where.sql()
                        + " ORDER BY id DESC OFFSET :offset ROWS FETCH NEXT :limit ROWS ONLY"))
            .bind("offset", offset)
            .bind("limit", limit)
            .map((r, c) -> entry(r))
            .list());
  }

  private static OutboxEntry entry(ResultSet r) throws SQLException {
    return new OutboxEntry(
        r.getLong("id"),
        MailKind.valueOf(r.getString("kind")),
        r.getString("recipient"),
        State.valueOf(r.getString("state")),
        r.getInt("attempts"),
        instant(r, "created_at"),
        instant(r, "due_at"),
        Optional.ofNullable(r.getObject("ended_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        Optional.ofNullable(r.getString("error")));
  }

  public long count() {
    return count("");
  }

  /** How many there are to recipients with this text in their address. */
  public long count(String text) {
    Conditions where = to(text);
    return jdbi.withHandle(h ->
        where
            .bind(h.createQuery("SELECT COUNT(*) FROM outbox_mail" + where.sql()))
            .mapTo(long.class)
            .one());
  }

  private static Conditions to(String text) {
    Conditions where = new Conditions();
    return text.isEmpty()
        ? where
        : where.and(
            "LOWER(recipient) LIKE :q", "q", Conditions.containing(StoredText.escaped(text)));
  }

  /** Forgets what ended long ago, and gives up what nobody sends any more. */
  public void sweep() {
    Instant now = clock.instant();
    jdbi.inTransaction(h -> giveUp(h, now.minus(Duration.ofHours(1))))
        .forEach(m ->
            audit.refused(
                Who.SYSTEM, AuditAction.MAIL_SENT, m.recipient(), m.kind() + ": " + NOT_IN_TIME));
    jdbi.useHandle(h ->
        h.execute(
            "DELETE FROM outbox_mail WHERE state <> 'WAITING' AND (ended_at < ? OR id <="
                + " (SELECT MAX(id) FROM outbox_mail) - ?)",
            utc(now.minus(KEPT)),
            MOST_KEPT));
  }

  private List<OutboxEntry> giveUp(Handle handle, Instant uselessBefore) {
    return handle
        .createQuery("SELECT * FROM outbox_mail WHERE state = 'WAITING' AND useless_at < :before")
        .bind("before", utc(uselessBefore))
        .map((r, c) -> entry(r))
        .list()
        .stream()
        .filter(m -> end(handle, m.id(), State.FAILED, m.error().orElse(NOT_IN_TIME)))
        .toList();
  }

  private static Instant instant(ResultSet r, String column) throws SQLException {
    return r.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
