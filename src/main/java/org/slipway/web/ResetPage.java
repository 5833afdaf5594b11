package org.slipway.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.slipway.accounts.PasswordResets;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;

/** A new password for whoever has the code of the mail; signs nobody in. */
@Named
@RequestScoped
public class ResetPage {
  private static final String FORM = "reset";

  @Inject private PasswordResets resets;
  @Inject private HttpServletRequest request;
  @Inject private Me me;
  private String code;
  private String password;
  private String repeated;

  /** Whether the address names a code that opens nothing, or not any more. */
  public boolean isOver() {
    return request.getMethod().equals("GET")
        && Entered.text(code).isPresent()
        && resets.opens(code).isEmpty();
  }

  public void reset() throws IOException {
    if (!password.equals(repeated)) {
      Feedback.field(FORM, "repeated", Words.text("password.differs"));
      return;
    }
    if (Feedback.tried(FORM, this::store)) {
      Feedback.done("reset.done");
      Feedback.keep();
      FacesContext.getCurrentInstance()
          .getExternalContext()
          .redirect(request.getContextPath() + Page.SIGN_IN.getPath());
    }
  }

  private void store() {
    try {
      resets.reset(code, password, me.who());
    } catch (RefusedException e) {
      if (e.refusal().kind() == Refusal.Kind.NO_SUCH_THING) {
        Feedback.field(FORM, "code", Words.text("reset.over"));
      }
      throw e;
    }
  }

  public String getCode() {
    return code;
  }

  public void setCode(String code) {
    this.code = code;
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
