package org.slipway.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slipway.accounts.AccountRules;
import org.slipway.accounts.Invitations;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.Registrations;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.PortalSettings.RegistrationMode;
import org.slipway.settings.Settings;

/** Self-registration; leads to the page where the applicant sees what becomes of it. */
@Named
@RequestScoped
public class RegisterPage {
  private static final String FORM = "register";

  @Inject private Registrations registrations;
  @Inject private Invitations invitations;
  @Inject private Settings settings;
  @Inject private Preferences preferences;
  @Inject private HttpServletRequest request;
  @Inject private Me me;
  private String username;
  private String email;
  private String displayName;
  private String password;
  private String repeated;
  private String invitation;
  private Boolean invited;

  public boolean isClosed() {
    return settings.get(PortalSettings.REGISTRATION) == RegistrationMode.CLOSED && !isInvited();
  }

  /** Whether the address names an invitation that counts. */
  public boolean isInvited() {
    if (invited == null) {
      invited = Entered.text(invitation).flatMap(invitations::valid).isPresent();
    }
    return invited;
  }

  /** Whether the address names an invitation that does not count, or not any more. */
  public boolean isInvitationOver() {
    return Entered.text(invitation).isPresent() && !isInvited();
  }

  /** Whether the applicant must confirm the e-mail address first. */
  public boolean isConfirmationNeeded() {
    return registrations.needsConfirmation() && !isInvited();
  }

  /** What happens after this page, in one sentence. */
  public String getLead() {
    if (isInvited()) {
      return Words.text("register.leadInvited");
    }
    return Words.text(isApprovalNeeded() ? "register.lead" : "register.leadOpen");
  }

  /** Whether an administrator decides. */
  public boolean isApprovalNeeded() {
    return settings.get(PortalSettings.REGISTRATION) == RegistrationMode.APPROVAL;
  }

  public int getShortestPassword() {
    return AccountRules.SHORTEST_PASSWORD;
  }

  public void register() throws IOException {
    if (!password.equals(repeated)) {
      Feedback.field(FORM, "repeated", Words.text("password.differs"));
      return;
    }
    Registrations.State[] state = new Registrations.State[1];
    if (Feedback.tried(FORM, () -> state[0] = apply())) {
      ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
      String id = URLEncoder.encode(state[0].id(), StandardCharsets.UTF_8);
      external.redirect(request.getContextPath() + Page.REGISTRATION.getPath() + "?id=" + id);
    }
  }

  private Registrations.State apply() {
    try {
      return registrations.register(
          new Registrations.Application(
              username.strip(),
              password,
              Entered.text(email),
              Entered.text(displayName),
              Optional.of(preferences.getLanguageTag()),
              Entered.text(invitation)),
          me.who());
    } catch (RefusedException e) {
      if (e.refusal().kind() == Refusal.Kind.ALREADY_EXISTS) {
        Feedback.field(
            FORM,
            "username",
            Words.text(
                e.refusal().detail().contains("looks like")
                    ? "register.likeAnother"
                    : "register.taken"));
      }
      throw e;
    }
  }

  public String getInvitation() {
    return invitation;
  }

  public void setInvitation(String invitation) {
    this.invitation = invitation;
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

  public String getDisplayName() {
    return displayName;
  }

  public void setDisplayName(String displayName) {
    this.displayName = displayName;
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
