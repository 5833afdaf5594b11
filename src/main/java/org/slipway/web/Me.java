package org.slipway.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.slipway.accounts.Account;
import org.slipway.accounts.Action;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.Channel;
import org.slipway.accounts.Registrations;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;

/** Whoever sends this request. */
@Named
@RequestScoped
public class Me {
  /** Where {@link PageGuard} leaves the account that it let through. */
  static final String ACCOUNT = "slipway.account";

  @Inject private HttpServletRequest request;
  @Inject private ClientAddress clientAddress;
  @Inject private Authorization authorization;
  @Inject private Registrations registrations;
  @Inject private AuditTrail audit;
  private Integer waiting;

  /** The account as it is now; null on a page that needs none. */
  public Account getAccount() {
    return (Account) request.getAttribute(ACCOUNT);
  }

  /** As the audit trail names this request. */
  public Who who() {
    Account account = getAccount();
    return new Who(account == null ? "" : account.username(), address(), Channel.WEB.name());
  }

  String address() {
    return clientAddress.of(request).getHostAddress();
  }

  public boolean may(Action action) {
    Account account = getAccount();
    return account != null && authorization.check(account.id(), Channel.WEB, action).isEmpty();
  }

  /** Refuses what a page hides; a forged request meets the same check as a click. */
  void require(Action action) {
    authorization
        .check(getAccount().id(), Channel.WEB, action)
        .ifPresent(refusal -> {
          audit.refused(who(), AuditAction.PAGE, request.getServletPath(), refusal.kind().name());
          throw refusal.asException();
        });
  }

  /** What the navigation shows. */
  public List<Page> getPages() {
    return Page.navigable().stream().filter(p -> may(p.needed().orElseThrow())).toList();
  }

  public boolean isOperator() {
    return may(Action.MANAGE_DEVICES);
  }

  public boolean isAdministrator() {
    return may(Action.MANAGE_ACCOUNTS);
  }

  /** How many registrations wait for a decision. */
  public int getWaiting() {
    if (waiting == null) {
      waiting = registrations.waiting().size();
    }
    return waiting;
  }

  /** How many things wait on a page. */
  public int badge(Page page) {
    return page == Page.APPROVALS ? getWaiting() : 0;
  }

  /** Scheme, host and port by which the reader reaches the portal. */
  public String getOrigin() {
    String url = request.getRequestURL().toString();
    return url.substring(0, url.length() - request.getRequestURI().length())
        + request.getContextPath();
  }

  public String signOut() {
    audit.done(who(), AuditAction.SIGNED_OUT, getAccount().username(), null, null);
    request.getSession().invalidate();
    return Page.SIGN_IN.getPath() + "?faces-redirect=true";
  }
}
