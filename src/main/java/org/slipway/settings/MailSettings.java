package org.slipway.settings;

import static org.slipway.settings.Setting.Trait.NOT_STORED;
import static org.slipway.settings.Setting.Trait.SECRET;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The part of the catalogue that is about mail, and about the address that mails name. */
public final class MailSettings {
  private static final String ADDRESS =
      "[^\\p{Cntrl}<>\\s\",;@]{1,64}@[^\\p{Cntrl}<>\\s\",;@]{1,189}";

  /** A name without what would make it several addresses (RFC 5322 section 3.4). */
  private static final Pattern SENDER =
      Pattern.compile("[^\\p{Cntrl}<>\",;:]{0,100}<" + ADDRESS + ">|" + ADDRESS);

  private MailSettings() {}

  /** {@code slipway.smtp.tls}. */
  public enum SmtpTls {
    OFF(25),
    STARTTLS(587),
    IMPLICIT(465);

    private final int usualPort;

    SmtpTls(int usualPort) {
      this.usualPort = usualPort;
    }

    /** The port where none is set. */
    public int usualPort() {
      return usualPort;
    }
  }

  public static final Setting<Optional<URI>> PUBLIC_URL =
      Setting.of(
          "slipway.public-url",
          "",
          "a URL such as https://boot.example.net",
          MailSettings::publicUrl);
  public static final Setting<Optional<String>> SMTP_HOST =
      Setting.of(
          "slipway.smtp.host", "", "a host name or a numeric address", MailSettings::hostName);
  public static final Setting<Optional<Integer>> SMTP_PORT =
      Setting.of(
          "slipway.smtp.port",
          "",
          "a port, 1 to 65535",
          s -> s.isEmpty() ? Optional.empty() : Optional.of(SettingText.port(s)));
  public static final Setting<Optional<String>> SMTP_USER =
      Setting.optional("slipway.smtp.user", "a name");

  /** Never saved from the console: the database would hold it in a form that can be read. */
  public static final Setting<Optional<String>> SMTP_PASSWORD =
      Setting.optional("slipway.smtp.password", "a password", NOT_STORED, SECRET);

  public static final Setting<Optional<String>> SMTP_FROM =
      Setting.of(
          "slipway.smtp.from",
          "",
          "an e-mail address, or a name and <address>",
          MailSettings::sender);
  public static final Setting<SmtpTls> SMTP_TLS =
      Setting.of(
          "slipway.smtp.tls",
          "starttls",
          "off, starttls, implicit",
          s -> SettingText.choice(SmtpTls.class, s));

  /** All of them, in the order of the contract. */
  public static final List<Setting<?>> ALL =
      List.of(SMTP_HOST, SMTP_PORT, SMTP_USER, SMTP_PASSWORD, SMTP_FROM, SMTP_TLS, PUBLIC_URL);

  private static Optional<URI> publicUrl(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    URI url = URI.create(text.replaceAll("/+$", ""));
    boolean good =
        ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
            && url.getHost() != null
            && url.getUserInfo() == null
            && url.getQuery() == null
            && url.getFragment() == null;
    if (!good) {
      throw new IllegalArgumentException(text);
    }
    return Optional.of(url);
  }

  private static Optional<String> hostName(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.matches("[A-Za-z0-9.:_\\[\\]-]{1,253}")) {
      throw new IllegalArgumentException(text);
    }
    return Optional.of(text);
  }

  private static Optional<String> sender(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!SENDER.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return Optional.of(text);
  }
}
