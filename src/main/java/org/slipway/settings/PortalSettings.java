package org.slipway.settings;

import static org.slipway.settings.Setting.Trait.NOT_STORED;
import static org.slipway.settings.Setting.Trait.RESTART;
import static org.slipway.settings.Setting.Trait.SECRET;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The catalogue of all settings. A name that is not here is no setting. */
public final class PortalSettings {
  private PortalSettings() {}

  /** {@code slipway.tftp.read}. */
  public enum TftpRead {
    ANY,
    DEVICES
  }

  /** {@code slipway.tftp.write}. */
  public enum TftpWrite {
    OFF,
    GRANTED,
    CREATE,
    OVERWRITE
  }

  /** {@code slipway.registration}. */
  public enum RegistrationMode {
    CLOSED,
    APPROVAL,
    OPEN
  }

  static final String A_PORT = "a port, 1 to 65535";
  static final String A_DURATION = "a duration such as 10s, 5m, 2h";
  private static final String A_RETENTION = "a duration of at least 1h, such as 90d or 365d";
  private static final String A_SIZE = "a number of bytes, or with k, M, G, T";
  static final String A_BOOL = "true or false";

  public static final Setting<Path> DATA_DIR =
      Setting.of("slipway.data.dir", "data", "a folder", Path::of, RESTART, NOT_STORED);
  public static final Setting<Optional<String>> BOOT_DIR =
      Setting.optional("slipway.boot.dir", "a folder", RESTART, NOT_STORED);
  public static final Setting<List<String>> BOOT_PRIVATE_FOLDERS =
      Setting.of(
          "slipway.boot.private-folders",
          "",
          "folders of the TFTP area such as devices, separated by commas",
          PortalSettings::folders);
  public static final Setting<Optional<String>> HOMES_DIR =
      Setting.optional("slipway.homes.dir", "a folder", RESTART, NOT_STORED);
  public static final Setting<Optional<String>> DB_URL =
      Setting.of(
          "slipway.db.url",
          "",
          "a URL that begins with jdbc:h2: or jdbc:postgresql:",
          PortalSettings::databaseUrl,
          RESTART,
          NOT_STORED);
  public static final Setting<Optional<String>> DB_USER =
      Setting.optional("slipway.db.user", "a name", RESTART, NOT_STORED);
  public static final Setting<Optional<String>> DB_PASSWORD =
      Setting.optional("slipway.db.password", "a password", RESTART, NOT_STORED, SECRET);
  public static final Setting<Optional<String>> ADMIN_USERNAME =
      Setting.of(
          "slipway.admin.username",
          "",
          "1 to 32 of a-z, 0-9, '.', '_' and '-', a letter or digit first",
          SettingText::username,
          RESTART,
          NOT_STORED);
  public static final Setting<Optional<String>> ADMIN_PASSWORD =
      Setting.of(
          "slipway.admin.password",
          "",
          "8 to 256 characters",
          SettingText::newPassword,
          RESTART,
          NOT_STORED,
          SECRET);
  public static final Setting<Integer> HTTP_PORT =
      Setting.of("slipway.http.port", "8080", A_PORT, SettingText::port, RESTART, NOT_STORED);
  public static final Setting<List<CidrBlock>> TRUSTED_PROXIES =
      Setting.of(
          "slipway.http.trusted-proxies",
          "",
          "addresses or CIDR blocks, separated by commas",
          SettingText::cidrList);
  public static final Setting<Optional<Integer>> HTTPS_PORT =
      Setting.of(
          "slipway.https.port",
          "off",
          "off, or a port, 1 to 65535",
          s -> s.equalsIgnoreCase("off") ? Optional.empty() : Optional.of(SettingText.port(s)),
          RESTART);
  public static final Setting<Boolean> HTTPS_REDIRECT =
      Setting.of("slipway.https.redirect", "false", A_BOOL, SettingText::bool);
  public static final Setting<Optional<InetAddress>> BIND_ADDRESS =
      Setting.of(
          "slipway.bind.address",
          "",
          "a numeric address of this machine",
          PortalSettings::optionalAddress,
          RESTART);

  public static final Setting<Boolean> BOOTP_ENABLED =
      Setting.of("slipway.bootp.enabled", "true", A_BOOL, SettingText::bool);
  public static final Setting<Integer> BOOTP_PORT =
      Setting.of("slipway.bootp.port", "67", A_PORT, SettingText::port, RESTART);
  public static final Setting<Integer> BOOTP_CLIENT_PORT =
      Setting.of("slipway.bootp.client-port", "68", A_PORT, SettingText::port);
  public static final Setting<Integer> BOOTP_RELAY_PORT =
      Setting.of("slipway.bootp.relay-port", "67", A_PORT, SettingText::port);
  public static final Setting<Optional<InetAddress>> BOOTP_SERVER_ADDRESS =
      Setting.of(
          "slipway.bootp.server-address", "", "a numeric address", PortalSettings::optionalAddress);
  public static final Setting<Optional<String>> BOOTP_SERVER_NAME =
      Setting.optional("slipway.bootp.server-name", "a host name of at most 63 characters");
  public static final Setting<Boolean> BOOTP_STRICT =
      Setting.of("slipway.bootp.strict", "false", A_BOOL, SettingText::bool);
  public static final Setting<Duration> BOOTP_REARM_AFTER =
      Setting.of("slipway.bootp.rearm-after", "5m", A_DURATION, SettingText::duration);

  public static final Setting<Boolean> TFTP_ENABLED =
      Setting.of("slipway.tftp.enabled", "true", A_BOOL, SettingText::bool);
  public static final Setting<Integer> TFTP_PORT =
      Setting.of("slipway.tftp.port", "69", A_PORT, SettingText::port, RESTART);
  public static final Setting<TransferPorts> TFTP_TRANSFER_PORTS =
      Setting.of(
          "slipway.tftp.transfer-ports",
          "ephemeral",
          "ephemeral, single, or a range a-b",
          TransferPorts::parse);
  public static final Setting<Integer> TFTP_MAX_BLKSIZE =
      Setting.of(
          "slipway.tftp.max-blksize", "65464", "8 to 65464", s -> SettingText.number(s, 8, 65464));
  public static final Setting<Integer> TFTP_MAX_WINDOWSIZE =
      Setting.of(
          "slipway.tftp.max-windowsize", "64", "1 to 65535", s -> SettingText.number(s, 1, 65535));
  public static final Setting<Duration> TFTP_GIVE_UP =
      Setting.of("slipway.tftp.give-up", "30s", A_DURATION, SettingText::duration);
  public static final Setting<Optional<List<CidrBlock>>> TFTP_NETWORKS =
      Setting.of(
          "slipway.tftp.networks",
          "any",
          "any, or CIDR blocks separated by commas",
          SettingText::networks);
  public static final Setting<TftpRead> TFTP_READ =
      Setting.of(
          "slipway.tftp.read", "any", "any, devices", s -> SettingText.choice(TftpRead.class, s));
  public static final Setting<Boolean> TFTP_CASE_INSENSITIVE =
      Setting.of("slipway.tftp.case-insensitive", "true", A_BOOL, SettingText::bool);
  public static final Setting<TftpWrite> TFTP_WRITE =
      Setting.of(
          "slipway.tftp.write",
          "granted",
          "off, granted, create, overwrite",
          s -> SettingText.choice(TftpWrite.class, s));
  public static final Setting<Long> TFTP_WRITE_QUOTA =
      Setting.of("slipway.tftp.write-quota", "1G", A_SIZE, SettingText::size);

  public static final Setting<Duration> TRASH_KEEP =
      Setting.of(
          "slipway.trash.keep",
          "30d",
          "a duration such as 12h or 30d, or 0: never emptied by itself",
          PortalSettings::durationOrNone);

  public static final Setting<RegistrationMode> REGISTRATION =
      Setting.of(
          "slipway.registration",
          "approval",
          "closed, approval, open",
          s -> SettingText.choice(RegistrationMode.class, s));
  public static final Setting<Long> REGISTRATION_QUOTA =
      Setting.of("slipway.registration.quota", "1G", A_SIZE, SettingText::size);
  public static final Setting<Integer> REGISTRATION_QUOTA_FILES =
      Setting.of(
          "slipway.registration.quota-files",
          "10000",
          "a number of files",
          s -> SettingText.number(s, 0, Integer.MAX_VALUE));

  public static final Setting<Duration> AUDIT_RETENTION =
      Setting.of("slipway.audit.retention", "365d", A_RETENTION, PortalSettings::retention);
  public static final Setting<Duration> TRANSFERS_RETENTION =
      Setting.of("slipway.transfers.retention", "90d", A_RETENTION, PortalSettings::retention);

  public static final Setting<Integer> REGISTRATION_PER_HOUR =
      Setting.of(
          "slipway.registration.per-hour",
          "100",
          "1 to 1000000",
          s -> SettingText.number(s, 1, 1_000_000));
  public static final Setting<Integer> REGISTRATION_WAITING =
      Setting.of(
          "slipway.registration.waiting",
          "1000",
          "1 to 1000000",
          s -> SettingText.number(s, 1, 1_000_000));

  private static final List<Setting<?>> OWN =
      List.of(
          DATA_DIR,
          BOOT_DIR,
          BOOT_PRIVATE_FOLDERS,
          HOMES_DIR,
          DB_URL,
          DB_USER,
          DB_PASSWORD,
          ADMIN_USERNAME,
          ADMIN_PASSWORD,
          HTTP_PORT,
          TRUSTED_PROXIES,
          HTTPS_PORT,
          HTTPS_REDIRECT,
          BIND_ADDRESS,
          BOOTP_ENABLED,
          BOOTP_PORT,
          BOOTP_CLIENT_PORT,
          BOOTP_RELAY_PORT,
          BOOTP_SERVER_ADDRESS,
          BOOTP_SERVER_NAME,
          BOOTP_STRICT,
          BOOTP_REARM_AFTER,
          TFTP_ENABLED,
          TFTP_PORT,
          TFTP_TRANSFER_PORTS,
          TFTP_MAX_BLKSIZE,
          TFTP_MAX_WINDOWSIZE,
          TFTP_GIVE_UP,
          TFTP_NETWORKS,
          TFTP_READ,
          TFTP_CASE_INSENSITIVE,
          TFTP_WRITE,
          TFTP_WRITE_QUOTA,
          TRASH_KEEP,
          REGISTRATION,
          REGISTRATION_QUOTA,
          REGISTRATION_QUOTA_FILES,
          REGISTRATION_PER_HOUR,
          REGISTRATION_WAITING,
          AUDIT_RETENTION,
          TRANSFERS_RETENTION);

  /** Every setting, in the order of the contract. */
  public static final List<Setting<?>> ALL =
      Stream.of(OWN, DhcpSettings.ALL, FtpSettings.ALL, SignInSettings.ALL, MailSettings.ALL)
          .<Setting<?>>flatMap(List::stream)
          .toList();

  /** A unit that was forgotten must not delete a history. */
  private static Duration retention(String text) {
    Duration duration = SettingText.duration(text);
    if (duration.compareTo(Duration.ofHours(1)) < 0) {
      throw new IllegalArgumentException(text);
    }
    return duration;
  }

  static Optional<InetAddress> optionalAddress(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(SettingText.address(text));
  }

  /** Folders from the root of the TFTP area; none of them leads up. */
  private static List<String> folders(String text) {
    List<String> folders =
        Stream.of(text.split(",")).map(String::strip).filter(f -> !f.isEmpty()).toList();
    if (!folders.stream()
        .allMatch(f ->
            f.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99})*"))) {
      throw new IllegalArgumentException(text);
    }
    return folders;
  }

  private static Duration durationOrNone(String text) {
    return text.equals("0") ? Duration.ZERO : SettingText.duration(text);
  }

  private static Optional<String> databaseUrl(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("jdbc:h2:") || lower.startsWith("jdbc:postgresql:")) {
      return Optional.of(text);
    }
    throw new IllegalArgumentException(text);
  }
}
