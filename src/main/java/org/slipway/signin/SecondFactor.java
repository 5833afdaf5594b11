package org.slipway.signin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;
import org.slipway.accounts.Account;
import org.slipway.accounts.Channel;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.database.Changes;
import org.slipway.database.Snapshot;
import org.slipway.database.Topic;
import org.slipway.settings.SecretBox;
import org.slipway.settings.Settings;
import org.slipway.settings.SignInSettings;

/**
 * Who must give a code beside the password, and whether a code is right. On the console it is asked
 * for; over FTP and HTTP Basic, which cannot ask, its six digits follow the password.
 */
@Singleton
public final class SecondFactor {
  private static final int MOST_REMEMBERED = 10_000;

  private final Jdbi jdbi;
  private final Settings settings;
  private final SecretBox secrets;
  private final Clock clock;
  private final CodeAttempts attempts;
  private final Snapshot<UUID, FactorRows.Factor> factors;
  private final Map<Client, Long> usedByFtp = new ConcurrentHashMap<>();

  /** Who logs in from where. */
  private record Client(UUID accountId, InetAddress address) {}

  /**
   * What was typed as the password, taken apart.
   *
   * @param code empty where none is in it
   */
  record Given(String password, Optional<String> code) {}

  @Inject
  public SecondFactor(
      Jdbi jdbi, Changes changes, Settings settings, SecretBox secrets, Clock clock) {
    this.jdbi = jdbi;
    this.settings = settings;
    this.secrets = secrets;
    this.clock = clock;
    this.attempts = new CodeAttempts(clock);
    this.factors =
        new Snapshot<>(
            jdbi,
            changes,
            Topic.SECOND_FACTORS,
            FactorRows::newerThan,
            FactorRows.Factor::accountId,
            UUID::fromString);
  }

  /** Whether the account must give a code. */
  public boolean isActive(UUID accountId) {
    return since(accountId).isPresent();
  }

  /** When it was set up; empty if it is not. */
  public Optional<Instant> since(UUID accountId) {
    return factor(accountId).filter(FactorRows.Factor::active).map(FactorRows.Factor::since);
  }

  /** Whether the settings ask the account for one. */
  public boolean isRequired(Account account) {
    return switch (settings.get(SignInSettings.SECOND_FACTOR)) {
      case OPTIONAL -> false;
      case REQUIRED_FOR_ADMINS -> account.isAdministrator();
      case REQUIRED -> true;
    };
  }

  /** Whether the account must set one up before it may do anything else. */
  public boolean isMissing(Account account) {
    return isRequired(account) && !isActive(account.id());
  }

  public int recoveryCodesLeft(UUID accountId) {
    return jdbi.withHandle(h -> RecoveryCodes.left(h, accountId));
  }

  /** Takes apart what was typed: only where the account has a second factor, and is not asked. */
  Given given(Optional<Account> account, String typed, Channel channel) {
    int end = typed.length() - Totp.DIGITS;
    boolean appended =
        channel != Channel.WEB
            && account.filter(a -> isActive(a.id())).isPresent()
            && end > 0
            && typed.substring(end).chars().allMatch(c -> c >= '0' && c <= '9');
    return appended
        ? new Given(typed.substring(0, end), Optional.of(typed.substring(end)))
        : new Given(typed, Optional.empty());
  }

  /**
   * Refuses a login without the console, unless its code is right or the account needs none. Only
   * to be asked when the password was right.
   *
   * @throws RefusedException {@code SECOND_FACTOR_NEEDED}, or {@code LOCKED_OUT} after too many
   */
  void require(Account account, Optional<String> code, Channel channel, InetAddress address) {
    if (channel == Channel.FTP && isMissing(account)) {
      throw new RefusedException(
          Refusal.Kind.SECOND_FACTOR_NEEDED, "Set up the second factor on the console first");
    }
    if (channel == Channel.WEB || !isActive(account.id())) {
      return;
    }
    String digits =
        code.orElseThrow(() ->
            new RefusedException(
                Refusal.Kind.SECOND_FACTOR_NEEDED,
                "Append the six digits of the second factor to the password"));
    Client client = new Client(account.id(), address);
    if (channel == Channel.FTP && isRepeated(client, digits)) {
      return;
    }
    attempts.begin(account.id());
    OptionalLong step = usedStep(account.id(), digits);
    if (step.isEmpty()) {
      throw wrong();
    }
    attempts.forget(account.id());
    if (channel == Channel.FTP) {
      remember(client, step.getAsLong());
    }
  }

  /**
   * Refuses a code that is neither the app's present one nor a recovery code, or was used before.
   *
   * @throws RefusedException {@code SECOND_FACTOR_NEEDED}, or {@code LOCKED_OUT} after too many
   */
  void requireTyped(UUID accountId, String typed) {
    attempts.begin(accountId);
    String code = typed.replaceAll("\\s", "");
    boolean right =
        code.matches("[0-9]{6}")
            ? usedStep(accountId, code).isPresent()
            : isActive(accountId) && jdbi.inTransaction(h -> RecoveryCodes.use(h, accountId, code));
    if (!right) {
      throw wrong();
    }
    attempts.forget(accountId);
  }

  void forgetAttempts(UUID accountId) {
    attempts.forget(accountId);
  }

  Optional<FactorRows.Factor> factor(UUID accountId) {
    return Optional.ofNullable(factors.rows().get(accountId));
  }

  byte[] secret(FactorRows.Factor factor) {
    return secrets.open(purpose(factor.accountId()), factor.sealedSecret());
  }

  static String purpose(UUID accountId) {
    return "second-factor/" + accountId;
  }

  static RefusedException wrong() {
    return new RefusedException(
        Refusal.Kind.SECOND_FACTOR_NEEDED, "The code is wrong or was used before");
  }

  /** The step of a code that is right and was never used; it is used now. */
  private OptionalLong usedStep(UUID accountId, String code) {
    Optional<FactorRows.Factor> factor = factor(accountId).filter(FactorRows.Factor::active);
    if (factor.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong step = Totp.matching(secret(factor.get()), code, clock.instant());
    boolean fresh =
        step.isPresent() && jdbi.inTransaction(h -> FactorRows.use(h, accountId, step.getAsLong()));
    return fresh ? step : OptionalLong.empty();
  }

  /**
   * FTP clients open several connections with the password that was typed once. So the code that
   * this client used last counts again from its address, until its own time is over.
   */
  private boolean isRepeated(Client client, String code) {
    Long step = usedByFtp.get(client);
    return step != null
        && factor(client.accountId())
            .map(f -> Totp.matching(secret(f), code, clock.instant()))
            .filter(matching -> matching.isPresent() && matching.getAsLong() == step)
            .isPresent();
  }

  private void remember(Client client, long step) {
    if (usedByFtp.size() >= MOST_REMEMBERED) {
      usedByFtp.clear();
    }
    usedByFtp.put(client, step);
  }
}
