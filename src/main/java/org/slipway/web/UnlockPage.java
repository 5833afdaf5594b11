package org.slipway.web;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.Serializable;
import org.slipway.signin.UnlockLink;

/** Lifts a lock-out. Without the one-time link made on the server the page does not exist. */
@Named
@ViewScoped
public class UnlockPage implements Serializable {
  private static final long serialVersionUID = 1L;

  @Inject private transient UnlockLink link;
  @Inject private transient ClientAddress clientAddress;
  @Inject private transient HttpServletRequest request;
  @Inject private transient Me me;
  private String token;
  private String username;
  private boolean done;

  /** Looked at before the page is shown. */
  public void check() throws IOException {
    if (!link.opens(token)) {
      FacesContext context = FacesContext.getCurrentInstance();
      context.getExternalContext().responseSendError(404, null);
      context.responseComplete();
    }
  }

  public void unlock() {
    done =
        Feedback.tried(
            "unlock", () -> link.use(token, username.strip(), clientAddress.of(request), me.who()));
  }

  public boolean isDone() {
    return done;
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
}
