package org.slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountSessions;
import org.slipway.accounts.Channel;
import org.slipway.accounts.LiveSession;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.UnguessableId;
import org.slipway.settings.Settings;
import org.slipway.settings.SignInSettings;

/**
 * A browser that is signed in. Ending it takes effect with the browser's next request; {@link
 * PageGuard} then tells why. It leaves the register when it ends or the HTTP session goes.
 */
public final class WebSession implements LiveSession, HttpSessionBindingListener {
  private static final String ATTRIBUTE = WebSession.class.getName();

  private final UUID accountId;
  private final String address;
  private final String client;
  private final boolean secure;
  private final Register register;
  private final Instant began;
  private volatile Instant lastUsed;
  private final String csrfToken = UnguessableId.next();
  private volatile Refusal ended;

  /** What a session needs of the portal. */
  @jakarta.inject.Singleton
  public record Register(AccountSessions sessions, Settings settings, Clock clock) {
    @jakarta.inject.Inject
    public Register {}
  }

  private WebSession(
      UUID accountId, String address, String client, boolean secure, Register register) {
    this.accountId = accountId;
    this.address = address;
    this.client = client;
    this.secure = secure;
    this.register = register;
    this.began = register.clock().instant();
    this.lastUsed = began;
  }

  /** Signs a browser in, under a new session id so that one given by somebody else is worthless. */
  static void begin(
      HttpServletRequest request, Account account, String address, Register register) {
    HttpSession old = request.getSession(false);
    if (old == null) {
      request.getSession(true);
    } else {
      old.removeAttribute(ATTRIBUTE);
      request.changeSessionId();
    }
    WebSession session =
        new WebSession(
            account.id(),
            address,
            BrowserName.of(request.getHeader("User-Agent")),
            request.isSecure(),
            register);
    register.sessions().open(account, session);
    Duration idle = register.settings().get(SignInSettings.SESSION_IDLE);
    request.getSession().setMaxInactiveInterval((int) Math.min(idle.toSeconds() + 60, 604_800));
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
    overdue(register.clock().instant()).ifPresent(this::end);
    Refusal why = ended;
    if (why != null) {
      throw why.asException();
    }
  }

  /** Somebody did something; a page that refreshes itself does not count. */
  void touch() {
    lastUsed = register.clock().instant();
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
  public Optional<String> client() {
    return Optional.of(client);
  }

  /** The container does not tell the version. */
  @Override
  public Optional<String> tls() {
    return secure ? Optional.of("TLS") : Optional.empty();
  }

  @Override
  public Optional<Instant> lastUsed() {
    return Optional.of(lastUsed);
  }

  @Override
  public Optional<Refusal> overdue(Instant now) {
    Settings settings = register.settings();
    boolean over =
        !now.isBefore(lastUsed.plus(settings.get(SignInSettings.SESSION_IDLE)))
            || !now.isBefore(began.plus(settings.get(SignInSettings.SESSION_LIFETIME)));
    return over
        ? Optional.of(Refusal.of(Refusal.Kind.NOT_LOGGED_IN, "The session has timed out"))
        : Optional.empty();
  }

  @Override
  public void end(Refusal why) {
    ended = why;
    register.sessions().closed(this);
  }

  @Override
  public void valueUnbound(HttpSessionBindingEvent event) {
    register.sessions().closed(this);
  }
}
