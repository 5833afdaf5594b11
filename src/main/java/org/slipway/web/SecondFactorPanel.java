package org.slipway.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slipway.signin.SecondFactor;
import org.slipway.signin.SecondFactorSetup;

/** One's own second factor: set up, new recovery codes, turned off. */
@Named
@ViewScoped
public class SecondFactorPanel implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String FORM = "factor";

  @Inject private transient SecondFactor factor;
  @Inject private transient SecondFactorSetup setup;
  @Inject private transient Me me;
  private String secret;
  private String qrCode;
  private List<String> recoveryCodes = List.of();
  private String code;
  private String currentPassword;

  public boolean isActive() {
    return factor.isActive(me.getAccount().id());
  }

  public boolean isRequired() {
    return factor.isRequired(me.getAccount());
  }

  public int getRecoveryCodesLeft() {
    return factor.recoveryCodesLeft(me.getAccount().id());
  }

  /** Whether the secret is shown and its first code awaited. */
  public boolean isBegun() {
    return secret != null && !isActive();
  }

  public void begin() {
    Feedback.tried(
        FORM,
        () -> {
          SecondFactorSetup.Enrolment enrolment = setup.begin(me.getAccount(), me.who());
          secret = enrolment.secret();
          qrCode = QrCode.dataUrl(enrolment.uri());
        });
  }

  public void confirm() {
    boolean on =
        Feedback.tried(
            FORM, () -> recoveryCodes = setup.confirm(me.getAccount(), typed(), me.who()));
    if (on) {
      forget();
      Feedback.done("factor.isOn");
    }
  }

  public void renewCodes() {
    boolean made =
        Feedback.tried(
            FORM, () -> recoveryCodes = setup.newRecoveryCodes(me.getAccount(), typed(), me.who()));
    if (made) {
      forget();
      Feedback.done("factor.codesMade");
    }
  }

  public void turnOff() {
    boolean off =
        Feedback.tried(
            FORM,
            () ->
                setup.turnOff(
                    me.getAccount(),
                    currentPassword == null ? "" : currentPassword,
                    typed(),
                    me.who()));
    if (off) {
      recoveryCodes = List.of();
      forget();
      Feedback.done("factor.isOff");
    }
  }

  private String typed() {
    return code == null ? "" : code;
  }

  private void forget() {
    secret = null;
    qrCode = null;
    code = null;
    currentPassword = null;
  }

  /** The reader has put them away. */
  public void hideCodes() {
    recoveryCodes = List.of();
  }

  /** In groups of four, as it is typed in. */
  public String getSecret() {
    return secret == null ? "" : secret.replaceAll("(.{4})(?!$)", "$1 ");
  }

  public String getQrCode() {
    return qrCode;
  }

  public List<String> getRecoveryCodes() {
    return recoveryCodes;
  }

  public String getRecoveryCodesText() {
    return String.join("\n", recoveryCodes);
  }

  /** The codes as a file that the browser makes by itself. */
  public String getRecoveryCodesUrl() {
    return "data:text/plain;charset=utf-8,"
        + URLEncoder.encode(getRecoveryCodesText() + "\n", StandardCharsets.UTF_8);
  }

  public String getCode() {
    return code;
  }

  public void setCode(String code) {
    this.code = code;
  }

  public String getCurrentPassword() {
    return currentPassword;
  }

  public void setCurrentPassword(String currentPassword) {
    this.currentPassword = currentPassword;
  }
}
