package org.slipway.signin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Jdbi;
import org.slipway.accounts.Account;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;
import org.slipway.database.Changes;
import org.slipway.database.Topic;
import org.slipway.settings.SecretBox;

/** Sets a second factor up, and takes it away again. Each step is in the audit trail. */
@Singleton
public final class SecondFactorSetup {
  private static final int SECRET_BYTES = 20;

  private final Jdbi jdbi;
  private final Changes changes;
  private final SecondFactor factor;
  private final Login login;
  private final SecretBox secrets;
  private final AuditTrail audit;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  @Inject
  public SecondFactorSetup(
      Jdbi jdbi,
      Changes changes,
      SecondFactor factor,
      Login login,
      SecretBox secrets,
      AuditTrail audit,
      Clock clock) {
    this.jdbi = jdbi;
    this.changes = changes;
    this.factor = factor;
    this.login = login;
    this.secrets = secrets;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What an authenticator app needs, shown while the second factor is set up and never again.
   *
   * @param secret in Base32, to be typed in
   * @param uri the same as apps read it from a QR code
   */
  public record Enrolment(String secret, String uri) {
    @Override
    public String toString() {
      return "Enrolment[]";
    }
  }

  /**
   * Makes a new secret. It counts only when a code made with it was given ({@link #confirm}).
   *
   * @throws RefusedException {@code CONFLICT} if the account has a second factor already
   */
  public Enrolment begin(Account account, Who who) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String sealed = secrets.seal(SecondFactor.purpose(account.id()), secret);
    changes.make(
        Topic.SECOND_FACTORS,
        (h, revision) -> {
          if (FactorRows.isActive(h, account.id())) {
            throw new RefusedException(
                Refusal.Kind.CONFLICT,
                "The account has a second factor already; turn it off first");
          }
          FactorRows.insert(h, account.id(), sealed, clock.instant(), revision);
          return null;
        });
    audit.done(who, AuditAction.SECOND_FACTOR_BEGUN, account.username(), null, null);
    String base32 = Totp.base32(secret);
    return new Enrolment(base32, uri(account.username(), base32));
  }

  /** As authenticator apps read it; each keeps issuer and user name as the label. */
  private static String uri(String username, String secret) {
    return "otpauth://totp/Slipway:"
        + URLEncoder.encode(username, StandardCharsets.UTF_8)
        + "?secret="
        + secret
        + "&issuer=Slipway&algorithm=SHA1&digits=6&period=30";
  }

  /**
   * Turns it on with a first right code.
   *
   * @return the recovery codes, shown this once
   * @throws InvalidInputException if the code is wrong
   */
  public List<String> confirm(Account account, String typed, Who who) {
    FactorRows.Factor waiting =
        factor
            .factor(account.id())
            .filter(f -> !f.active())
            .orElseThrow(() ->
                new RefusedException(
                    Refusal.Kind.CONFLICT, "There is no second factor that waits for its code"));
    OptionalLong step =
        Totp.matching(factor.secret(waiting), typed.replaceAll("\\s", ""), clock.instant());
    if (step.isEmpty()) {
      throw wrongCode();
    }
    List<String> codes =
        changes.make(
            Topic.SECOND_FACTORS,
            (h, revision) -> {
              if (!FactorRows.activate(
                  h,
                  account.id(),
                  waiting.sealedSecret(),
                  step.getAsLong(),
                  clock.instant(),
                  revision)) {
                throw new RefusedException(
                    Refusal.Kind.CHANGED_MEANWHILE, "It was set up anew meanwhile; begin again");
              }
              return RecoveryCodes.replace(h, account.id());
            });
    audit.done(who, AuditAction.SECOND_FACTOR_ON, account.username(), null, null);
    return codes;
  }

  /**
   * Makes new recovery codes in the place of all old ones.
   *
   * @throws InvalidInputException if the code is wrong
   */
  public List<String> newRecoveryCodes(Account account, String code, Who who) {
    requireCode(account, code);
    return newRecoveryCodes(account, who);
  }

  /** The same for somebody who has just proven himself with a code. */
  public List<String> newRecoveryCodes(Account account, Who who) {
    if (!factor.isActive(account.id())) {
      throw new RefusedException(
          Refusal.Kind.CONFLICT, "The account has no second factor; set it up first");
    }
    List<String> codes = jdbi.inTransaction(h -> RecoveryCodes.replace(h, account.id()));
    audit.done(who, AuditAction.RECOVERY_CODES_MADE, account.username(), null, null);
    return codes;
  }

  /**
   * Turns it off.
   *
   * @throws InvalidInputException if the password or the code is wrong
   */
  public void turnOff(Account account, String password, String code, Who who) {
    if (!login.isPasswordOf(account, password, who)) {
      throw new InvalidInputException(
          "currentPassword", "currentPassword.wrong", "This is not the current password");
    }
    requireCode(account, code);
    turnOff(account, who);
  }

  /** The same for somebody who has just proven himself with password and code. */
  public void turnOff(Account account, Who who) {
    remove(account);
    audit.done(who, AuditAction.SECOND_FACTOR_OFF, account.username(), null, null);
  }

  /** Takes it away without a code: for an administrator, when app and recovery codes are lost. */
  public void reset(Account account, Who who) {
    remove(account);
    factor.forgetAttempts(account.id());
    audit.done(who, AuditAction.SECOND_FACTOR_RESET, account.username(), null, null);
  }

  private void remove(Account account) {
    changes.make(
        Topic.SECOND_FACTORS,
        (h, revision) -> {
          FactorRows.delete(h, account.id(), revision);
          return null;
        });
  }

  private void requireCode(Account account, String code) {
    try {
      factor.requireTyped(account.id(), code);
    } catch (RefusedException e) {
      if (e.refusal().kind() == Refusal.Kind.SECOND_FACTOR_NEEDED) {
        throw wrongCode();
      }
      throw e;
    }
  }

  private static InvalidInputException wrongCode() {
    return new InvalidInputException(
        "code", "code.wrong", "This code is wrong or was used before; wait for the next one");
  }
}
