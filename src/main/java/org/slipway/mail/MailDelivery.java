package org.slipway.mail;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;

/** Sends what is in the outbox, and says in the audit trail what became of it. */
@Singleton
public final class MailDelivery {
  private static final Logger LOG = Logger.getLogger(MailDelivery.class.getName());
  private static final int AT_ONCE = 20;
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(2));

  private final Outbox outbox;
  private final SmtpServer server;
  private final MailTexts texts;
  private final AuditTrail audit;
  private final Clock clock;

  @Inject
  public MailDelivery(
      Outbox outbox, SmtpServer server, MailTexts texts, AuditTrail audit, Clock clock) {
    this.outbox = outbox;
    this.server = server;
    this.texts = texts;
    this.audit = audit;
    this.clock = clock;
  }

  /** Sends whatever is due; called about once a second. */
  public void sendDue() {
    if (!outbox.isOn()) {
      return;
    }
    for (Outbox.Due due : outbox.due(AT_ONCE)) {
      send(due);
    }
  }

  private void send(Outbox.Due due) {
    Mail mail = due.mail();
    if (!clock.instant().isBefore(due.useless())) {
      giveUp(due, Outbox.NOT_IN_TIME);
      return;
    }
    if (!outbox.claim(due, clock.instant().plus(pauseAfter(due.attempts())))) {
      return;
    }
    try {
      server.send(mail);
      outbox.sent(due);
      audit.done(Who.SYSTEM, AuditAction.MAIL_SENT, mail.to().text(), null, mail.kind().name());
    } catch (MessagingException e) {
      Instant next = clock.instant().plus(pauseAfter(due.attempts()));
      LOG.log(Level.WARNING, "{0} was not sent: {1}", new Object[] {mail, reason(e)});
      if (isFinal(e) || !next.isBefore(due.useless())) {
        giveUp(due, reason(e));
      } else {
        outbox.postpone(due, next, reason(e));
      }
    }
  }

  private void giveUp(Outbox.Due due, String reason) {
    outbox.failed(due, reason);
    audit.refused(
        Who.SYSTEM,
        AuditAction.MAIL_SENT,
        due.mail().to().text(),
        due.mail().kind() + ": " + reason);
  }

  private static Duration pauseAfter(int attempts) {
    return PAUSES.get(Math.min(attempts, PAUSES.size() - 1));
  }

  /** Sends a mail to try the settings, and waits; empty if it was taken, else why not. */
  public Optional<String> test(MailAddress to, Optional<String> language, Who who) {
    try {
      server.send(texts.plain(MailKind.TEST, to, language, "/"));
      audit.done(who, AuditAction.SMTP_TESTED, to.text(), null, null);
      return Optional.empty();
    } catch (MessagingException e) {
      audit.refused(who, AuditAction.SMTP_TESTED, to.text(), reason(e));
      return Optional.of(reason(e));
    }
  }

  /** A recipient or a content that the server refuses by a 5yz reply (RFC 5321 section 4.2.1). */
  private static boolean isFinal(MessagingException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SendFailedException && text(t).matches("(?s)5\\d\\d[ -].*")) {
        return true;
      }
    }
    return false;
  }

  /** The innermost reason, in one line. */
  private static String reason(MessagingException e) {
    Throwable innermost = e;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String outer = text(e);
    String inner = text(innermost);
    String both = innermost == e || outer.contains(inner) ? outer : outer + ": " + inner;
    String line = both.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= 400 ? line : line.substring(0, 400);
  }

  private static String text(Throwable t) {
    return t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
  }
}
