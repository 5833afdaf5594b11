package org.slipway.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.slipway.accounts.PasswordResets;

/** Forgotten password: asks for a link by mail, or says whom to ask where there is no mail. */
@Named
@RequestScoped
public class ForgottenPage {
  @Inject private PasswordResets resets;
  @Inject private Me me;
  private String username;
  private boolean mailSent;

  /** Says the same whether there is such an account. */
  public void request() {
    mailSent = Feedback.tried("forgotten", () -> resets.request(username, me.who()));
  }

  public boolean isMailPossible() {
    return resets.isOn();
  }

  public boolean isMailSent() {
    return mailSent;
  }

  public String getUsername() {
    return username;
  }

  public void setUsername(String username) {
    this.username = username;
  }
}
