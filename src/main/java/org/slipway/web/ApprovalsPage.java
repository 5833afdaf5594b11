package org.slipway.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountStatus;
import org.slipway.accounts.Accounts;
import org.slipway.accounts.Action;
import org.slipway.accounts.Registrations;
import org.slipway.accounts.Role;

/** The waiting registrations: approve with quota and role in one step, or reject with a reason. */
@Named
@ViewScoped
public class ApprovalsPage implements Serializable {
  private static final long serialVersionUID = 1L;

  @Inject private transient Registrations registrations;
  @Inject private transient Accounts accounts;
  @Inject private transient Me me;
  private String username;
  private String quotaBytes;
  private String quotaFiles;
  private Role role = Role.USER;
  private String reason;

  /** Those that wait longest come first. */
  public List<Account> getWaiting() {
    return registrations.waiting().stream()
        .sorted(Comparator.comparing(Account::createdAt).thenComparing(Account::username))
        .toList();
  }

  /** Opens a dialog about one of them. */
  public void choose(String chosen) {
    username = chosen;
    quotaBytes = Sizes.write(Optional.of(registrations.defaultQuotaBytes()));
    quotaFiles = Long.toString(registrations.defaultQuotaFiles());
    role = Role.USER;
    reason = "";
  }

  public void approve() {
    me.require(Action.MANAGE_ACCOUNTS);
    boolean approved =
        Feedback.tried(
            "approveForm",
            () ->
                accounts.approve(
                    username,
                    Sizes.read("quotaBytes", quotaBytes),
                    Sizes.count("quotaFiles", quotaFiles),
                    Set.of(role),
                    me.who()));
    if (approved) {
      Feedback.done("approvals.approved", username);
    }
  }

  public void reject() {
    me.require(Action.MANAGE_ACCOUNTS);
    boolean rejected =
        Feedback.tried(
            "rejectForm",
            () ->
                accounts.setStatus(
                    username, AccountStatus.REJECTED, Entered.text(reason), me.who()));
    if (rejected) {
      Feedback.done("approvals.rejected", username);
    }
  }

  public Role[] getRoles() {
    return new Role[] {Role.USER, Role.OPERATOR, Role.ADMIN};
  }

  public String getUsername() {
    return username;
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

  public Role getRole() {
    return role;
  }

  public void setRole(Role role) {
    this.role = role;
  }

  public String getReason() {
    return reason;
  }

  public void setReason(String reason) {
    this.reason = reason;
  }
}
