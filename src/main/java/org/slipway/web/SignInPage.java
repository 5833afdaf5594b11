package org.slipway.web;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountSessions;
import org.slipway.accounts.Channel;
import org.slipway.accounts.FirstAdministrator;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.PortalSettings.RegistrationMode;
import org.slipway.settings.Settings;
import org.slipway.signin.Login;

/** Sign in. */
@Named
@ViewScoped
public class SignInPage implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int TOO_MANY_REQUESTS = 429;
  @Inject private transient Login login;
  @Inject private transient AccountSessions sessions;
  @Inject private transient ClientAddress clientAddress;
  @Inject private transient FirstAdministrator firstAdministrator;
  @Inject private transient Settings settings;
  @Inject private transient Shown shown;
  @Inject private transient Clock clock;
  @Inject private transient HttpServletRequest request;
  private String username;
  private String password;
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
    Account[] account = new Account[1];
    boolean signedIn =
        Feedback.tried(
            "signin",
            () -> {
              account[0] = authenticated();
              if (account[0] == null) {
                return;
              }
              WebSession.begin(
                  request, account[0], clientAddress.of(request).getHostAddress(), sessions);
            });
    if (signedIn && account[0] != null) {
      ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
      external.redirect(request.getContextPath() + target());
    }
  }

  /** The account; null where the page explains why nobody is let in now. */
  private Account authenticated() {
    try {
      return login.authenticate(username.strip(), password, Channel.WEB, clientAddress.of(request));
    } catch (RefusedException e) {
      if (e.refusal().kind() != Refusal.Kind.LOCKED_OUT) {
        throw e;
      }
      explain(e.refusal().retryAfter().orElseThrow());
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
