package org.slipway.settings;

import static org.slipway.settings.Setting.Trait.RESTART;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of FTP. */
public final class FtpSettings {
  private FtpSettings() {}

  /** {@code slipway.ftp.tls}. */
  public enum Tls {
    OFF,
    OPTIONAL,
    REQUIRED
  }

  /**
   * Whether a protected data connection of FTP must resume the session of its control connection.
   */
  public enum TlsDataSession {
    REQUIRE,
    WARN,
    OFF
  }

  public static final Setting<Boolean> ENABLED =
      Setting.of("slipway.ftp.enabled", "true", PortalSettings.A_BOOL, SettingText::bool);
  public static final Setting<Integer> PORT =
      Setting.of("slipway.ftp.port", "21", PortalSettings.A_PORT, SettingText::port, RESTART);
  public static final Setting<PortRange> PASSIVE_PORTS =
      Setting.of("slipway.ftp.passive-ports", "50000-51000", "a range a-b", SettingText::portRange);
  public static final Setting<Optional<InetAddress>> PUBLIC_ADDRESS =
      Setting.of(
          "slipway.ftp.public-address", "", "a numeric address", PortalSettings::optionalAddress);
  public static final Setting<Tls> TLS =
      Setting.of(
          "slipway.ftp.tls",
          "optional",
          "off, optional, required",
          s -> SettingText.choice(Tls.class, s));
  public static final Setting<TlsDataSession> TLS_DATA_SESSION =
      Setting.of(
          "slipway.ftp.tls.data-session",
          "require",
          "require, warn, off",
          s -> SettingText.choice(TlsDataSession.class, s));
  public static final Setting<Duration> IDLE =
      Setting.of("slipway.ftp.idle", "5m", PortalSettings.A_DURATION, SettingText::duration);
  public static final Setting<Integer> MAX_SESSIONS =
      Setting.of(
          "slipway.ftp.max-sessions",
          "2000",
          "1 to 1000000",
          s -> SettingText.number(s, 1, 1_000_000));
  public static final Setting<Integer> MAX_SESSIONS_PER_ADDRESS =
      Setting.of(
          "slipway.ftp.max-sessions-per-address",
          "50",
          "1 to 1000000",
          s -> SettingText.number(s, 1, 1_000_000));

  static final List<Setting<?>> ALL =
      List.of(
          ENABLED,
          PORT,
          PASSIVE_PORTS,
          PUBLIC_ADDRESS,
          TLS,
          TLS_DATA_SESSION,
          IDLE,
          MAX_SESSIONS,
          MAX_SESSIONS_PER_ADDRESS);
}
