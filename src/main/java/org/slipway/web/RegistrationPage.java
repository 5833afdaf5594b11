package org.slipway.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import org.slipway.accounts.AccountStatus;
import org.slipway.accounts.Registrations;

/** What became of a registration; the page asks again by itself as long as nobody has decided. */
@Named
@RequestScoped
public class RegistrationPage {
  @Inject private Registrations registrations;
  private String id;
  private Registrations.State state;

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
    if (state == null && id != null) {
      state = registrations.state(id).orElse(null);
    }
    return state;
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
