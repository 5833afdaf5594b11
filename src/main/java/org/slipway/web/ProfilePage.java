package org.slipway.web;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountEdit;
import org.slipway.accounts.Accounts;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.InvalidInputException;
import org.slipway.audit.AuditEntry;
import org.slipway.audit.AuditTrail;
import org.slipway.signin.ApiTokens;
import org.slipway.signin.Login;

/** One's own account: name, password, language and theme, and the last sign-ins. */
@Named
@ViewScoped
public class ProfilePage implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SIGN_INS = 10;

  @Inject private transient Accounts accounts;
  @Inject private transient Authorization authorization;
  @Inject private transient Login login;
  @Inject private transient ApiTokens tokens;
  @Inject private transient AuditTrail audit;
  @Inject private transient WebSession.Register sessions;
  @Inject private transient Preferences preferences;
  @Inject private transient HttpServletRequest request;
  @Inject private transient Me me;
  private String displayName;
  private String email;
  private String currentPassword;
  private String ownPassword;
  private String password;
  private String repeated;
  private boolean keepTokens = true;
  private String language;
  private String theme;

  @PostConstruct
  void read() {
    Account own = me.getAccount();
    displayName = own.displayName();
    email = own.email().orElse("");
    language = preferences.getLanguageTag();
    theme = preferences.getTheme();
  }

  public void save() {
    if (Feedback.tried("own", this::store)) {
      Feedback.done("saved");
    }
  }

  /** Whoever finds a browser signed in must not be able to have the password sent to himself. */
  private void store() {
    Account own = me.getAccount();
    Optional<String> address = Entered.text(email);
    if (!address.equals(own.email())
        && (ownPassword == null || !login.isPasswordOf(own, ownPassword, me.who()))) {
      throw new InvalidInputException(
          "ownPassword", "currentPassword.wrong", "This is not the current password");
    }
    change(
        AccountEdit.of(own)
            .displayName(Entered.text(displayName).orElse(own.username()))
            .email(address)
            .account());
  }

  private void change(Account wanted) {
    accounts.change(wanted.username(), OptionalLong.of(wanted.revision()), now -> wanted, me.who());
  }

  /** Ends every other session; this one goes on under a new id. */
  public void changePassword() {
    if (!password.equals(repeated)) {
      Feedback.field("passwordForm", "repeated", Words.text("password.differs"));
      return;
    }
    if (Feedback.tried("passwordForm", this::setPassword)) {
      Feedback.done("profile.passwordChanged");
    }
  }

  private void setPassword() {
    Account own = me.getAccount();
    if (!login.isPasswordOf(own, currentPassword, me.who())) {
      throw new InvalidInputException(
          "currentPassword", "currentPassword.wrong", "This is not the current password");
    }
    accounts.setPassword(own.username(), password, me.who());
    Account now = authorization.current(own.id());
    WebSession.begin(request, now, me.address(), sessions);
    if (keepTokens) {
      tokens.carryOver(now, me.who());
    }
  }

  /** Kept with the account, for new browsers, and in this one. */
  public void choose() throws IOException {
    Account wanted = AccountEdit.of(me.getAccount()).language(Optional.of(language)).account();
    if (Feedback.tried("look", () -> change(wanted))) {
      preferences.choose(language, theme);
    }
  }

  public List<AuditEntry> getSignIns() {
    return audit.signIns(me.getAccount().username(), SIGN_INS);
  }

  public String getDisplayName() {
    return displayName;
  }

  public void setDisplayName(String displayName) {
    this.displayName = displayName;
  }

  public String getEmail() {
    return email;
  }

  public void setEmail(String email) {
    this.email = email;
  }

  public String getOwnPassword() {
    return ownPassword;
  }

  public void setOwnPassword(String ownPassword) {
    this.ownPassword = ownPassword;
  }

  public String getCurrentPassword() {
    return currentPassword;
  }

  public void setCurrentPassword(String currentPassword) {
    this.currentPassword = currentPassword;
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

  public boolean isKeepTokens() {
    return keepTokens;
  }

  public void setKeepTokens(boolean keepTokens) {
    this.keepTokens = keepTokens;
  }

  public String getLanguage() {
    return language;
  }

  public void setLanguage(String language) {
    this.language = language;
  }

  public String getTheme() {
    return theme;
  }

  public void setTheme(String theme) {
    this.theme = theme;
  }
}
