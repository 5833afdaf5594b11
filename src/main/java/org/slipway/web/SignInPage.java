package org.slipway.web;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slipway.accounts.Account;
import org.slipway.accounts.Channel;
import org.slipway.accounts.FirstAdministrator;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.PortalSettings.RegistrationMode;
import org.slipway.settings.Settings;
import org.slipway.signin.Login;
import org.slipway.signin.SecondFactor;

/** Sign in: a password, then a code where the account has a second factor. */
@Named
@ViewScoped
public class SignInPage implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Duration USUAL_RETRY_AFTER = Duration.ofMinutes(1);
  @Inject private transient Login login;
  @Inject private transient SecondFactor secondFactor;
  @Inject private transient WebSession.Register sessions;
  @Inject private transient ClientAddress clientAddress;
  @Inject private transient FirstAdministrator firstAdministrator;
  @Inject private transient Settings settings;
  @Inject private transient Shown shown;
  @Inject private transient Clock clock;
  @Inject private transient HttpServletRequest request;
  private String username;
  private String password;
  private String code;
  private String to;
  private String ended;
  private transient LockedOut lockedOut;

  /**
   * What the page says instead of the form's error.
   *
   * @param until the time of day
   */
  public record LockedOut(String until, long seconds) {}

  public void signIn() throws IOException {
    String[] next = new String[1];
    if (Feedback.tried("signin", () -> next[0] = afterPassword()) && next[0] != null) {
      redirect(next[0]);
    }
  }

  /** Where to go; null where the page explains why nobody is let in now. */
  private String afterPassword() {
    Account account = authenticated();
    if (account == null) {
      return null;
    }
    if (secondFactor.isActive(account.id())) {
      PendingSignIn.begin(request, account, clock.instant());
      return Page.SIGN_IN.getPath() + "?to=" + URLEncoder.encode(target(), StandardCharsets.UTF_8);
    }
    begin(account);
    return target();
  }

  /** The second step. */
  public void sendCode() throws IOException {
    Optional<PendingSignIn> pending = PendingSignIn.of(request, clock.instant());
    if (pending.isEmpty()) {
      Feedback.error(Words.text("signin.tooLate"));
      return;
    }
    if (Feedback.tried("code", () -> complete(pending.get()))) {
      redirect(target());
    }
  }

  private void complete(PendingSignIn pending) {
    try {
      Account account =
          login.complete(pending.account(), code == null ? "" : code, clientAddress.of(request));
      PendingSignIn.drop(request);
      begin(account);
    } catch (RefusedException e) {
      pending.wrongCode(request);
      throw e;
    }
  }

  /** Back to the first step, as somebody else. */
  public void startAgain() throws IOException {
    PendingSignIn.drop(request);
    redirect(Page.SIGN_IN.getPath());
  }

  /** Whether the password was right and the code is asked for. */
  public boolean isCodeAsked() {
    return PendingSignIn.of(request, clock.instant()).isPresent();
  }

  private void begin(Account account) {
    WebSession.begin(request, account, clientAddress.of(request).getHostAddress(), sessions);
  }

  private void redirect(String path) throws IOException {
    ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
    external.redirect(request.getContextPath() + path);
  }

  /** The account; null where the page explains why nobody is let in now. */
  private Account authenticated() {
    try {
      return login.authenticate(username.strip(), password, Channel.WEB, clientAddress.of(request));
    } catch (RefusedException e) {
      if (e.refusal().kind() != Refusal.Kind.LOCKED_OUT) {
        throw e;
      }
      explain(e.refusal().retryAfter().orElse(USUAL_RETRY_AFTER));
      return null;
    }
  }

  private void explain(Duration left) {
    lockedOut = new LockedOut(shown.clock(clock.instant().plus(left)), left.toSeconds());
    ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
    external.setResponseStatus(TOO_MANY_REQUESTS);
    external.setResponseHeader("Retry-After", Long.toString(left.toSeconds()));
  }

  /** Null unless the last attempt was not even looked at. */
  public LockedOut getLockedOut() {
    return lockedOut;
  }

  /** Where the reader wanted to go; only ever a page of ours. */
  private String target() {
    return Optional.ofNullable(to)
        .filter(t -> Page.of(t.split("[?#]", 2)[0]).flatMap(Page::needed).isPresent())
        .filter(t -> t.chars().noneMatch(Character::isISOControl))
        .orElse(Page.HOME.getPath());
  }

  /** Why the session before ended; empty if it did not, or only by the passing of time. */
  public String getEndedText() {
    for (Refusal.Kind kind : Refusal.Kind.values()) {
      if (kind.name().equals(ended)) {
        return Words.text("refusal." + kind);
      }
    }
    return "";
  }

  public boolean isFirstStart() {
    return firstAdministrator.isMissing();
  }

  public boolean isRegistrationOpen() {
    return settings.get(PortalSettings.REGISTRATION) != RegistrationMode.CLOSED;
  }

  public String getUsername() {
    return username;
  }

  public void setUsername(String username) {
    this.username = username;
  }

  public String getPassword() {
    return password;
  }

  public void setPassword(String password) {
    this.password = password;
  }

  public String getCode() {
    return code;
  }

  public void setCode(String code) {
    this.code = code;
  }

  public String getTo() {
    return to;
  }

  public void setTo(String to) {
    this.to = to;
  }

  public String getEnded() {
    return ended;
  }

  public void setEnded(String ended) {
    this.ended = ended;
  }
}
