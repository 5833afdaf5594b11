package org.slipway.web;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import org.slipway.accounts.AccountStatus;
import org.slipway.accounts.Registrations;

/** What became of a registration; the page asks again by itself as long as nobody has decided. */
@Named
@ViewScoped
public class RegistrationPage implements Serializable {
  private static final long serialVersionUID = 1L;
  @Inject private transient Registrations registrations;
  @Inject private transient Me me;
  private String id;
  private String code;

  /**
   * Looked at before the page is shown; an id that is none leads to the page of what is missing.
   */
  public void check() throws IOException {
    if (getState() == null) {
      FacesContext context = FacesContext.getCurrentInstance();
      context.getExternalContext().responseSendError(404, null);
      context.responseComplete();
    }
  }

  public Registrations.State getState() {
    return id == null ? null : registrations.state(id).orElse(null);
  }

  /** Whether it waits for the code that was mailed. */
  public boolean isUnconfirmed() {
    return getState() != null
        && getState().waiting().filter(w -> w == Registrations.Waiting.CONFIRMATION).isPresent();
  }

  /** Takes the code; a link only fills it in, since whoever looks at mails opens links too. */
  public void confirm() {
    Feedback.tried(
        "confirmation", () -> registrations.confirm(id, Entered.text(code).orElse(""), me.who()));
  }

  public String getCode() {
    return code;
  }

  public void setCode(String code) {
    this.code = code;
  }

  public boolean isWaiting() {
    return getState() != null && getState().status() == AccountStatus.PENDING;
  }

  public String getId() {
    return id;
  }

  public void setId(String id) {
    this.id = id;
  }
}
