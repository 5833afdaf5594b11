package org.slipway.web;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.Serializable;
import org.slipway.accounts.Account;
import org.slipway.accounts.FirstAdministrator;

/**
 * First start: makes the first administrator and signs in as it. Without the one-time link, and
 * once there is an administrator, the page does not exist.
 */
@Named
@ViewScoped
public class SetupPage implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String FORM = "setup";

  @Inject private transient FirstAdministrator firstAdministrator;
  @Inject private transient WebSession.Register sessions;
  @Inject private transient ClientAddress clientAddress;
  @Inject private transient HttpServletRequest request;
  @Inject private transient Me me;
  private String token;
  private String username = "admin";
  private String email;
  private String password;
  private String repeated;

  /** Looked at before the page is shown. */
  public void check() throws IOException {
    if (!firstAdministrator.opens(token)) {
      FacesContext context = FacesContext.getCurrentInstance();
      context.getExternalContext().responseSendError(404, null);
      context.responseComplete();
    }
  }

  public void create() throws IOException {
    if (!password.equals(repeated)) {
      Feedback.field(FORM, "repeated", Words.text("password.differs"));
      return;
    }
    Account[] account = new Account[1];
    boolean made =
        Feedback.tried(
            FORM,
            () ->
                account[0] =
                    firstAdministrator.create(
                        token, username.strip(), password, Entered.text(email), me.who()));
    if (made) {
      WebSession.begin(request, account[0], me.address(), sessions);
      ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
      external.redirect(request.getContextPath() + Page.HOME.getPath());
    }
  }

  public String getToken() {
    return token;
  }

  public void setToken(String token) {
    this.token = token;
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

  public String getPassword() {
    return password;
  }

  public void setPassword(String password) {
    this.password = password;
  }

  public String getRepeated() {
    return repeated;
  }

  public void setRepeated(String repeated) {
    this.repeated = repeated;
  }
}
