package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.AuditValues;
import org.slipway.audit.Who;
import org.slipway.mail.MailAddress;
import org.slipway.mail.MailKind;
import org.slipway.mail.MailTexts;
import org.slipway.mail.Outbox;

/** Invitations: an administrator makes one, hands out its code, and may take it back. */
@Singleton
public final class Invitations {
  public static final Duration LONGEST = Duration.ofDays(90);
  public static final int MOST_USES = 1000;
  private static final int MOST = 1000;

  /** Where an invitation is taken up; the code follows. */
  public static final String PATH = "/register.xhtml?invitation=";

  private final Jdbi jdbi;
  private final AccountDirectory directory;
  private final AuditTrail audit;
  private final Outbox outbox;
  private final MailTexts texts;
  private final Clock clock;

  @Inject
  public Invitations(
      Jdbi jdbi,
      AccountDirectory directory,
      AuditTrail audit,
      Outbox outbox,
      MailTexts texts,
      Clock clock) {
    this.jdbi = jdbi;
    this.directory = directory;
    this.audit = audit;
    this.outbox = outbox;
    this.texts = texts;
    this.clock = clock;
  }

  /** What an administrator wants. */
  public record Draft(
      Role role,
      Optional<Long> quotaBytes,
      Optional<Long> quotaFiles,
      Optional<String> email,
      int mostUses,
      Duration lasts) {}

  /**
   * A new one, with its code, which is shown this once.
   *
   * @param mailed whether it was mailed to the one who is invited
   */
  public record Made(Invitation invitation, String code, boolean mailed) {}

  /** Makes an invitation, and mails it where it names an address and mail can carry a link. */
  public Made create(Draft draft, Account inviter, Who who) {
    check(draft);
    Instant now = clock.instant();
    String code = UnguessableId.next();
    Invitation invitation =
        new Invitation(
            UUID.randomUUID(),
            inviter.id(),
            draft.role(),
            draft.quotaBytes(),
            draft.quotaFiles(),
            draft.email(),
            draft.mostUses(),
            0,
            now,
            now.plus(draft.lasts()));
    boolean mailed =
        jdbi.inTransaction(h -> {
          if (InvitationRows.count(h) >= MOST) {
            throw new RefusedException(
                Refusal.Kind.CONFLICT, "There are too many invitations; revoke some first");
          }
          InvitationRows.insert(h, invitation, UnguessableId.hash(code));
          return mail(h, invitation, code, inviter);
        });
    audit.done(
        who, AuditAction.INVITATION_MADE, invitation.id().toString(), null, describe(invitation));
    return new Made(invitation, code, mailed);
  }

  /** Without a known address of the portal, a mail could not say where to enter the code. */
  private boolean mail(Handle handle, Invitation invitation, String code, Account inviter) {
    Optional<MailAddress> to = invitation.email().flatMap(MailAddress::find);
    return to.isPresent()
        && texts.link("").isPresent()
        && outbox.put(
            handle,
            texts.coded(
                MailKind.INVITATION, to.get(), inviter.language(), new MailTexts.Code(PATH, code)));
  }

  private static void check(Draft draft) {
    List<Violation> violations = new ArrayList<>();
    if (draft.mostUses() < 1 || draft.mostUses() > MOST_USES) {
      violations.add(new Violation("uses", "uses.range", "A number from 1 to " + MOST_USES));
    }
    if (draft.lasts().toSeconds() < 60 || draft.lasts().compareTo(LONGEST) > 0) {
      violations.add(
          new Violation("expiresAt", "expiresAt.range", "Within " + LONGEST.toDays() + " days"));
    }
    if (draft.email().isPresent() && draft.email().flatMap(MailAddress::find).isEmpty()) {
      violations.add(new Violation("email", "email.pattern", "This is no e-mail address"));
    }
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
    new AccountRules().quota(draft.quotaBytes(), draft.quotaFiles()).check();
  }

  /** All that are not expired, newest first. */
  public List<Invitation> all() {
    return jdbi.withHandle(h -> InvitationRows.newestFirst(h, clock.instant()));
  }

  /**
   * Takes one back; accounts that it has made stay.
   *
   * @throws RefusedException {@code NO_SUCH_THING}
   */
  public void revoke(UUID id, Who who) {
    if (jdbi.withHandle(h -> InvitationRows.delete(h, id)) == 0) {
      throw new RefusedException(Refusal.Kind.NO_SUCH_THING, "There is no such invitation");
    }
    audit.done(who, AuditAction.INVITATION_REVOKED, id.toString(), null, null);
  }

  /** The invitation with this code, if it may be used now. */
  public Optional<Invitation> valid(String code) {
    Instant now = clock.instant();
    return jdbi.withHandle(h -> InvitationRows.find(h, UnguessableId.hash(code)))
        .filter(i -> i.isOpen(now))
        .filter(i ->
            directory
                .byId(i.createdBy())
                .filter(a -> a.isAdministrator() && a.stateRefusal(now).isEmpty())
                .isPresent());
  }

  /** Uses it once, in the transaction of what it is used for. */
  void use(Handle handle, Invitation invitation) {
    if (InvitationRows.use(handle, invitation.id()) == 0) {
      throw invalid();
    }
  }

  static RefusedException invalid() {
    return new RefusedException(
        Refusal.Kind.CLOSED, "This invitation is not valid any more; ask for a new one");
  }

  void sweep() {
    jdbi.useHandle(h -> InvitationRows.deleteExpired(h, clock.instant()));
  }

  private static String describe(Invitation i) {
    return AuditValues.of(
        "role", i.role(),
        "quotaBytes", i.quotaBytes(),
        "quotaFiles", i.quotaFiles(),
        "email", i.email(),
        "uses", i.mostUses(),
        "expires", i.expiresAt());
  }
}
