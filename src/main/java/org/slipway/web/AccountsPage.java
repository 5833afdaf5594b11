package org.slipway.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.AccountStatus;
import org.slipway.accounts.Accounts;
import org.slipway.accounts.Action;
import org.slipway.accounts.Groups;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.Registrations;
import org.slipway.accounts.Role;

/** All accounts: make, change, suspend, reactivate, delete. */
@Named
@ViewScoped
public class AccountsPage implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String FORM = "accountForm";

  @Inject private transient Accounts accounts;
  @Inject private transient AccountDirectory directory;
  @Inject private transient QuotaLedger ledger;
  @Inject private transient Groups groups;
  @Inject private transient Registrations registrations;
  @Inject private transient Clock clock;
  @Inject private transient Me me;
  private Rows<Account> rows;
  private AccountForm form = new AccountForm();
  private String chosen;
  private String reason;
  private String newPassword;
  private boolean withFiles;

  public Rows<Account> getRows() {
    if (rows == null) {
      rows =
          new Rows<>(
              directory::all,
              Account::username,
              a ->
                  a.username()
                      + " "
                      + a.displayName()
                      + " "
                      + a.email().orElse("")
                      + " "
                      + a.status(),
              Map.of(
                  "username", Comparator.comparing(Account::username),
                  "status", Comparator.comparing(Account::status).thenComparing(Account::username),
                  "createdAt", Comparator.comparing(Account::createdAt)),
              "username");
    }
    return rows;
  }

  public QuotaBar bytes(Account account) {
    return QuotaBar.of(ledger.usage(account.id()).usedBytes(), account.quotaBytes());
  }

  public void add() {
    form =
        AccountForm.blank(
            Sizes.write(Optional.of(registrations.defaultQuotaBytes())),
            Long.toString(registrations.defaultQuotaFiles()));
  }

  /** Takes over what the template of the chosen group says. */
  public void fillIn() {
    groups.find(form.getGroup()).ifPresent(group -> form.fillIn(group.template(), clock.instant()));
  }

  public void edit(String username) {
    form = AccountForm.of(existing(username));
  }

  public void save() {
    me.require(Action.MANAGE_ACCOUNTS);
    boolean saved = Feedback.tried(FORM, this::store);
    if (saved) {
      Feedback.done("saved");
    }
  }

  private void store() {
    if (form.isFresh()) {
      accounts.create(form.made(clock.instant()), me.who());
    } else {
      accounts.change(form.getUsername(), OptionalLong.of(form.revision()), form::edited, me.who());
    }
  }

  /** Opens one of the smaller dialogs about an account. */
  public void choose(String username) {
    chosen = username;
    reason = "";
    newPassword = "";
    withFiles = false;
  }

  public void suspend() {
    setStatus("suspendForm", AccountStatus.SUSPENDED, Entered.text(reason), "accounts.suspended");
  }

  public void reactivate(String username) {
    chosen = username;
    setStatus("accounts", AccountStatus.ACTIVE, Optional.empty(), "accounts.reactivated");
  }

  private void setStatus(
      String inForm, AccountStatus status, Optional<String> why, String doneKey) {
    me.require(Action.MANAGE_ACCOUNTS);
    if (Feedback.tried(inForm, () -> accounts.setStatus(chosen, status, why, me.who()))) {
      Feedback.done(doneKey, chosen);
    }
  }

  public void setNewPassword() {
    me.require(Action.MANAGE_ACCOUNTS);
    if (Feedback.tried("passwordForm", () -> accounts.setPassword(chosen, newPassword, me.who()))) {
      Feedback.done("accounts.passwordSet", chosen);
    }
  }

  public void delete() {
    me.require(Action.MANAGE_ACCOUNTS);
    if (Feedback.tried("deleteForm", () -> accounts.delete(chosen, withFiles, me.who()))) {
      Feedback.done("deleted", chosen);
    }
  }

  private Account existing(String username) {
    return directory
        .byUsername(username)
        .orElseThrow(() ->
            Refusal.of(Refusal.Kind.NO_SUCH_THING, "There is no account " + username)
                .asException());
  }

  /** What the account that a dialog is about stores; null while none is chosen. */
  public QuotaLedger.Usage getChosenUsage() {
    return chosen == null
        ? null
        : directory.byUsername(chosen).map(a -> ledger.usage(a.id())).orElse(null);
  }

  public Role[] getRoles() {
    return new Role[] {Role.USER, Role.OPERATOR, Role.ADMIN};
  }

  public OnConflict[] getConflictChoices() {
    return OnConflict.values();
  }

  public AccountForm getForm() {
    return form;
  }

  public String getChosen() {
    return chosen;
  }

  public String getReason() {
    return reason;
  }

  public void setReason(String reason) {
    this.reason = reason;
  }

  public String getPassword() {
    return newPassword;
  }

  public void setPassword(String password) {
    this.newPassword = password;
  }

  public boolean isWithFiles() {
    return withFiles;
  }

  public void setWithFiles(boolean withFiles) {
    this.withFiles = withFiles;
  }
}
