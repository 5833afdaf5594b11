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

  /** Asked before {@link #PUBLIC_ADDRESS}. */
  public static final Setting<PublicAddresses> PUBLIC_ADDRESSES =
      Setting.of(
          "slipway.ftp.public-addresses",
          "",
          "IPv4 NETWORK=ADDRESS, separated by commas, each network once; own as ADDRESS is the"
              + " address that the client has come to",
          PublicAddresses::parse);

  public static final Setting<Boolean> ACTIVE =
      Setting.of("slipway.ftp.active", "true", PortalSettings.A_BOOL, SettingText::bool);
  public static final Setting<Tls> TLS =
      Setting.of(
          "slipway.ftp.tls",
          "optional",
          "off, optional, required",
          s -> SettingText.choice(Tls.class, s));
  public static final Setting<Optional<Integer>> TLS_IMPLICIT_PORT =
      Setting.of(
          "slipway.ftp.tls.implicit-port",
          "off",
          "off, or a port, 1 to 65535",
          FtpSettings::portOrOff,
          RESTART);
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
          PUBLIC_ADDRESSES,
          ACTIVE,
          TLS,
          TLS_IMPLICIT_PORT,
          TLS_DATA_SESSION,
          IDLE,
          MAX_SESSIONS,
          MAX_SESSIONS_PER_ADDRESS);

  /** What {@link #checkImplicitPort} looks at. */
  static final List<Setting<?>> AROUND_IMPLICIT_PORT = List.of(TLS_IMPLICIT_PORT, TLS, PORT);

  private static Optional<Integer> portOrOff(String text) {
    return text.isEmpty() || text.equals("0") || text.equalsIgnoreCase("off")
        ? Optional.empty()
        : Optional.of(SettingText.port(text));
  }

  /**
   * Checks what is no matter of one setting alone: a port for implicit TLS needs TLS, and cannot be
   * the port of those who come without.
   *
   * @throws BadSettingException if it is not so
   */
  public static void checkImplicitPort(Settings settings) {
    settings
        .get(TLS_IMPLICIT_PORT)
        .ifPresent(port -> {
          if (settings.get(TLS) == Tls.OFF) {
            throw contradiction(
                settings, TLS, "off, unless slipway.ftp.tls is optional or required");
          }
          if (port.equals(settings.get(PORT))) {
            throw contradiction(settings, PORT, "off, or a port other than that");
          }
        });
  }

  private static BadSettingException contradiction(
      Settings settings, Setting<?> other, String allowed) {
    Settings.Resolved<?> port = settings.resolve(TLS_IMPLICIT_PORT);
    Settings.Resolved<?> against = settings.resolve(other);
    return new BadSettingException(
        "%s (%s) has the value \"%s\" while %s (%s) is \"%s\"; allowed: %s"
            .formatted(
                port.setting().name(),
                port.source(),
                port.text(),
                other.name(),
                against.source(),
                against.text(),
                allowed));
  }
}
