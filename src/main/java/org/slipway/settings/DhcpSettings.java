package org.slipway.settings;

import java.time.Duration;
import java.util.List;

/** The part of the catalogue that is about DHCP and about leased addresses. */
public final class DhcpSettings {
  private static final Duration LEAST = Duration.ofSeconds(10);

  /** What four octets of seconds hold, less the value that means for ever. */
  private static final Duration MOST = Duration.ofSeconds(0xFFFFFFFEL);

  private DhcpSettings() {}

  /** {@code slipway.dhcp.mode}. */
  public enum DhcpMode {
    OFF,
    SERVER,
    PROXY
  }

  public static final Setting<DhcpMode> MODE =
      Setting.of(
          "slipway.dhcp.mode",
          "off",
          "off, server, proxy",
          s -> SettingText.choice(DhcpMode.class, s));
  public static final Setting<Integer> PROXY_PORT =
      Setting.of(
          "slipway.dhcp.proxy-port",
          "4011",
          PortalSettings.A_PORT,
          SettingText::port,
          Setting.Trait.RESTART);
  public static final Setting<Duration> LEASE_TIME =
      Setting.of(
          "slipway.dhcp.lease-time",
          "1h",
          "a duration from 10s to 49710d, such as 30m or 1d",
          DhcpSettings::leaseTime);
  public static final Setting<Duration> QUARANTINE =
      Setting.of(
          "slipway.dhcp.quarantine",
          "1h",
          "a duration such as 10m or 1d",
          SettingText::positiveDuration);
  public static final Setting<Duration> BOOTP_LEASE_TIME =
      Setting.of(
          "slipway.bootp.lease-time",
          "1d",
          "a duration such as 12h or 30d",
          SettingText::positiveDuration);

  static final List<Setting<?>> ALL =
      List.of(MODE, PROXY_PORT, LEASE_TIME, QUARANTINE, BOOTP_LEASE_TIME);

  /**
   * The time for which an address is given.
   *
   * @throws IllegalArgumentException if clients would have nothing but to renew it, or the field of
   *     four octets cannot hold its seconds
   */
  public static Duration leaseTime(String text) {
    Duration duration = SettingText.duration(text);
    if (duration.compareTo(LEAST) < 0 || duration.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(text);
    }
    return duration;
  }
}
