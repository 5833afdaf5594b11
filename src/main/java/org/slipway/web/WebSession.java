package org.slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.util.Optional;
import java.util.UUID;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountSessions;
import org.slipway.accounts.Channel;
import org.slipway.accounts.LiveSession;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.UnguessableId;

/**
 * A browser that is signed in. Ending it takes effect with the browser's next request; {@link
 * PageGuard} then tells why. It leaves the register when the HTTP session goes.
 */
public final class WebSession implements LiveSession, HttpSessionBindingListener {
  private static final String ATTRIBUTE = WebSession.class.getName();

  private final UUID accountId;
  private final String address;
  private final AccountSessions sessions;
  private final String csrfToken = UnguessableId.next();
  private volatile Refusal ended;

  private WebSession(UUID accountId, String address, AccountSessions sessions) {
    this.accountId = accountId;
    this.address = address;
    this.sessions = sessions;
  }

  /** Signs a browser in, under a new session id so that one given by somebody else is worthless. */
  static void begin(
      HttpServletRequest request, Account account, String address, AccountSessions sessions) {
    HttpSession old = request.getSession(false);
    if (old == null) {
      request.getSession(true);
    } else {
      old.removeAttribute(ATTRIBUTE);
      request.changeSessionId();
    }
    WebSession session = new WebSession(account.id(), address, sessions);
    sessions.open(account, session);
    request.getSession().setAttribute(ATTRIBUTE, session);
  }

  static Optional<WebSession> of(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session == null
        ? Optional.empty()
        : Optional.ofNullable((WebSession) session.getAttribute(ATTRIBUTE));
  }

  /** Throws the reason if it was ended. */
  void requireOpen() {
    Refusal why = ended;
    if (why != null) {
      throw why.asException();
    }
  }

  /** What a script of our own pages must send along to change something. */
  String csrfToken() {
    return csrfToken;
  }

  @Override
  public UUID accountId() {
    return accountId;
  }

  @Override
  public Channel channel() {
    return Channel.WEB;
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public void end(Refusal why) {
    ended = why;
    sessions.closed(this);
  }

  @Override
  public void valueUnbound(HttpSessionBindingEvent event) {
    sessions.closed(this);
  }
}
