package org.slipway.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.Action;
import org.slipway.accounts.Invitation;
import org.slipway.accounts.Invitations;
import org.slipway.accounts.Registrations;
import org.slipway.accounts.Role;
import org.slipway.mail.MailTexts;
import org.slipway.mail.Outbox;

/** Invitations: make one and hand out its link, see how often each was used, take one back. */
@Named
@ViewScoped
public class InvitationsPage implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String FORM = "invitationForm";

  @Inject private transient Invitations invitations;
  @Inject private transient Registrations registrations;
  @Inject private transient AccountDirectory accounts;
  @Inject private transient MailTexts texts;
  @Inject private transient Outbox outbox;
  @Inject private transient Shown shown;
  @Inject private transient Me me;
  private String email;
  private Role role = Role.USER;
  private String quotaBytes;
  private String quotaFiles;
  private String uses;
  private String days;
  private String link;
  private boolean mailed;

  public List<Invitation> getInvitations() {
    return invitations.all();
  }

  public String inviter(Invitation invitation) {
    return accounts.byId(invitation.createdBy()).map(Account::username).orElse("");
  }

  public String quota(Invitation invitation) {
    return shown.quota(invitation.quotaBytes());
  }

  /** Opens the dialog with the usual values. */
  public void add() {
    email = "";
    role = Role.USER;
    quotaBytes = Sizes.write(Optional.of(registrations.defaultQuotaBytes()));
    quotaFiles = Long.toString(registrations.defaultQuotaFiles());
    uses = "1";
    days = "7";
  }

  public void make() {
    me.require(Action.MANAGE_ACCOUNTS);
    link = null;
    Feedback.tried(FORM, this::store);
  }

  private void store() {
    Invitations.Made made =
        invitations.create(
            new Invitations.Draft(
                role,
                Sizes.read("quotaBytes", quotaBytes),
                Sizes.count("quotaFiles", quotaFiles),
                Entered.text(email),
                number("uses", uses),
                Duration.ofDays(number("expiresAt", days))),
            me.getAccount(),
            me.who());
    String path = Invitations.PATH + made.code();
    link = texts.link(path).orElse(me.getOrigin() + path);
    mailed = made.mailed();
  }

  private static int number(String field, String text) {
    long number = Sizes.count(field, text).orElse(0L);
    return (int) Math.clamp(number, 0, 100_000);
  }

  public void revoke(UUID id) {
    me.require(Action.MANAGE_ACCOUNTS);
    if (Feedback.tried("invitations", () -> invitations.revoke(id, me.who()))) {
      Feedback.done("invitations.revoked");
    }
  }

  /** Whether an invitation can be mailed, with a link that works. */
  public boolean isMailPossible() {
    return outbox.isOn() && texts.link("").isPresent();
  }

  /** Of the invitation that was just made; shown this once. */
  public String getLink() {
    return link;
  }

  public boolean isMailed() {
    return mailed;
  }

  public Role[] getRoles() {
    return new Role[] {Role.USER, Role.OPERATOR, Role.ADMIN};
  }

  public String getEmail() {
    return email;
  }

  public void setEmail(String email) {
    this.email = email;
  }

  public Role getRole() {
    return role;
  }

  public void setRole(Role role) {
    this.role = role;
  }

  public String getQuotaBytes() {
    return quotaBytes;
  }

  public void setQuotaBytes(String quotaBytes) {
    this.quotaBytes = quotaBytes;
  }

  public String getQuotaFiles() {
    return quotaFiles;
  }

  public void setQuotaFiles(String quotaFiles) {
    this.quotaFiles = quotaFiles;
  }

  public String getUses() {
    return uses;
  }

  public void setUses(String uses) {
    this.uses = uses;
  }

  public String getDays() {
    return days;
  }

  public void setDays(String days) {
    this.days = days;
  }
}
