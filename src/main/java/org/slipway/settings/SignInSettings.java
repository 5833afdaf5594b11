package org.slipway.settings;

import java.time.Duration;
import java.util.List;

/** The part of the catalogue that is about signing in. */
public final class SignInSettings {
  private static final String A_DURATION = "a duration such as 10s, 5m, 2h";

  private SignInSettings() {}

  /** {@code slipway.second-factor}. */
  public enum SecondFactorMode {
    OPTIONAL,
    REQUIRED_FOR_ADMINS,
    REQUIRED
  }

  public static final Setting<Integer> PASSWORD_MIN_SCORE =
      Setting.of("slipway.password.min-score", "2", "0 to 4", s -> SettingText.number(s, 0, 4));
  public static final Setting<Integer> LOGIN_FAILURES =
      Setting.of("slipway.login.failures", "5", "1 to 1000", s -> SettingText.number(s, 1, 1000));
  public static final Setting<Duration> LOGIN_LOCK_OUT =
      Setting.of("slipway.login.lock-out", "1m", A_DURATION, SettingText::positiveDuration);
  public static final Setting<Duration> LOGIN_LONGEST_LOCK_OUT =
      Setting.of(
          "slipway.login.longest-lock-out", "15m", A_DURATION, SettingText::positiveDuration);
  public static final Setting<Duration> LOGIN_WINDOW =
      Setting.of("slipway.login.window", "15m", A_DURATION, SettingText::positiveDuration);
  public static final Setting<Integer> LOGIN_ACCOUNT_FAILURES =
      Setting.of(
          "slipway.login.account-failures",
          "50",
          "1 to 100000",
          s -> SettingText.number(s, 1, 100_000));
  public static final Setting<Integer> LOGIN_ADDRESS_FAILURES =
      Setting.of(
          "slipway.login.address-failures",
          "300",
          "1 to 100000",
          s -> SettingText.number(s, 1, 100_000));
  public static final Setting<Duration> LOGIN_KNOWN_FOR =
      Setting.of("slipway.login.known-for", "30d", A_DURATION, SettingText::positiveDuration);
  public static final Setting<SecondFactorMode> SECOND_FACTOR =
      Setting.of(
          "slipway.second-factor",
          "optional",
          "optional, required-for-admins, required",
          s -> SettingText.choice(SecondFactorMode.class, s));
  public static final Setting<Duration> SESSION_IDLE =
      Setting.of("slipway.session.idle", "1h", A_DURATION, SettingText::duration);
  public static final Setting<Duration> SESSION_LIFETIME =
      Setting.of("slipway.session.lifetime", "12h", A_DURATION, SettingText::duration);

  static final List<Setting<?>> ALL =
      List.of(
          PASSWORD_MIN_SCORE,
          LOGIN_FAILURES,
          LOGIN_LOCK_OUT,
          LOGIN_LONGEST_LOCK_OUT,
          LOGIN_WINDOW,
          LOGIN_ACCOUNT_FAILURES,
          LOGIN_ADDRESS_FAILURES,
          LOGIN_KNOWN_FOR,
          SECOND_FACTOR,
          SESSION_IDLE,
          SESSION_LIFETIME);
}
