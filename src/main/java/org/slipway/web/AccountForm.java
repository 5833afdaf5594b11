package org.slipway.web;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.slipway.accounts.AccessPolicy;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountEdit;
import org.slipway.accounts.AccountStatus;
import org.slipway.accounts.Group;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Role;

/** The fields of the dialog in which an account is made or changed. */
public class AccountForm implements Serializable {
  private static final long serialVersionUID = 1L;

  private boolean fresh = true;
  private long revision;
  private String username = "";
  private String email = "";
  private String displayName = "";
  private String password = "";
  private Role role = Role.USER;
  private String quotaBytes = "";
  private String quotaFiles = "";
  private String maxSessions = "";
  private LocalDate expires;
  private OnConflict onConflict = OnConflict.OVERWRITE;
  private String group = "";

  static AccountForm blank(String quotaBytes, String quotaFiles) {
    AccountForm form = new AccountForm();
    form.quotaBytes = quotaBytes;
    form.quotaFiles = quotaFiles;
    return form;
  }

  static AccountForm of(Account a) {
    AccountForm form = new AccountForm();
    form.fresh = false;
    form.revision = a.revision();
    form.username = a.username();
    form.email = a.email().orElse("");
    form.displayName = a.displayName();
    form.role = Collections.min(a.roles());
    form.quotaBytes = Sizes.write(a.quotaBytes());
    form.quotaFiles = a.quotaFiles().map(Object::toString).orElse("");
    form.maxSessions = a.maxSessions().map(Object::toString).orElse("");
    form.expires =
        a.expiresAt()
            .map(e -> e.minusMillis(1).atZone(ZoneId.systemDefault()).toLocalDate())
            .orElse(null);
    form.onConflict = a.onConflict();
    return form;
  }

  /** Takes over what the template of a group says. */
  void fillIn(Group.Template template, Instant now) {
    template.roles().ifPresent(roles -> role = Collections.min(roles));
    template.quotaBytes().ifPresent(bytes -> quotaBytes = Sizes.write(Optional.of(bytes)));
    template.quotaFiles().ifPresent(files -> quotaFiles = files.toString());
    template.maxSessions().ifPresent(sessions -> maxSessions = sessions.toString());
    template.onConflict().ifPresent(conflict -> onConflict = conflict);
    template
        .validDays()
        .ifPresent(
            days -> expires = LocalDate.ofInstant(now, ZoneId.systemDefault()).plusDays(days));
  }

  /** A new active account. */
  Account made(Instant now) {
    return edited(
        AccountEdit.fresh(username.strip(), password, now)
            .status(AccountStatus.ACTIVE, Optional.empty())
            .access(Entered.text(group).stream().toList(), AccessPolicy.EMPTY)
            .account());
  }

  /** The account with what was entered. */
  Account edited(Account account) {
    AccountEdit edit =
        AccountEdit.of(account)
            .email(Entered.text(email))
            .displayName(Entered.text(displayName).orElse(account.username()))
            .quota(Sizes.read("quotaBytes", quotaBytes), Sizes.count("quotaFiles", quotaFiles))
            .use(
                Sizes.count("maxSessions", maxSessions).map(n -> (int) Math.min(n, 1_000_000)),
                onConflict,
                Optional.ofNullable(expires).map(AccountForm::endOf));
    if (fresh || Collections.min(account.roles()) != role) {
      edit.roles(Set.of(role));
    }
    return edit.account();
  }

  private static Instant endOf(LocalDate day) {
    return day.plusDays(1).atStartOfDay(ZoneId.systemDefault()).toInstant();
  }

  public boolean isFresh() {
    return fresh;
  }

  long revision() {
    return revision;
  }

  public String getUsername() {
    return username;
  }

  public void setUsername(String username) {
    this.username = username;
  }

  public String getEmail() {
    return email;
  }

  public void setEmail(String email) {
    this.email = email;
  }

  public String getDisplayName() {
    return displayName;
  }

  public void setDisplayName(String displayName) {
    this.displayName = displayName;
  }

  public String getPassword() {
    return password;
  }

  public void setPassword(String password) {
    this.password = password;
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

  public String getMaxSessions() {
    return maxSessions;
  }

  public void setMaxSessions(String maxSessions) {
    this.maxSessions = maxSessions;
  }

  public LocalDate getExpires() {
    return expires;
  }

  public void setExpires(LocalDate expires) {
    this.expires = expires;
  }

  /** Of a new account; empty is none. */
  public String getGroup() {
    return group;
  }

  public void setGroup(String group) {
    this.group = group;
  }

  public OnConflict getOnConflict() {
    return onConflict;
  }

  public void setOnConflict(OnConflict onConflict) {
    this.onConflict = onConflict;
  }
}
