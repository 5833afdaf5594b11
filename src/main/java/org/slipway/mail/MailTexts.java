package org.slipway.mail;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.slipway.settings.MailSettings;
import org.slipway.settings.Settings;

/**
 * Writes mails, in the language of whoever gets them.
 *
 * <p>A link is made from the setting {@code slipway.public-url} and from nothing else: the {@code
 * Host} header of a request is what anybody writes into it, and a link with somebody else's host
 * would carry the code there. Without the setting a mail names the code alone, to be entered on the
 * page.
 */
@Singleton
public final class MailTexts {
  static final String BUNDLE = "org.slipway.mail.mail";

  private final Settings settings;

  @Inject
  public MailTexts(Settings settings) {
    this.settings = settings;
  }

  /** Something to open, or a code to enter where no link can be made. */
  public record Code(String path, String code) {}

  /** A mail that only says something, and where the portal is. */
  public Mail plain(
      MailKind kind, MailAddress to, Optional<String> language, String path, Object... arguments) {
    ResourceBundle bundle = bundle(language);
    String link = link(path).map(l -> "\n\n" + l).orElse("");
    return mail(kind, to, bundle, format(bundle, kind + ".text", arguments) + link);
  }

  /** A mail with a code that works once. */
  public Mail coded(
      MailKind kind, MailAddress to, Optional<String> language, Code code, Object... arguments) {
    ResourceBundle bundle = bundle(language);
    String way =
        link(code.path() + code.code())
            .map(link -> format(bundle, "way.link", link))
            .orElseGet(() -> format(bundle, kind + ".code", code.code()));
    return mail(
        kind,
        to,
        bundle,
        format(bundle, kind + ".text", arguments)
            + "\n\n"
            + way
            + "\n\n"
            + format(bundle, kind + ".end"));
  }

  /** The address of a page as people reach it; empty where no setting says so. */
  public Optional<String> link(String path) {
    return settings.get(MailSettings.PUBLIC_URL).map(URI::toString).map(url -> url + path);
  }

  private static Mail mail(MailKind kind, MailAddress to, ResourceBundle bundle, String text) {
    return new Mail(
        kind, to, bundle.getString(kind + ".subject"), text + "\n\n" + bundle.getString("foot"));
  }

  private static String format(ResourceBundle bundle, String key, Object... arguments) {
    return new MessageFormat(bundle.getString(key), bundle.getLocale()).format(arguments);
  }

  private static ResourceBundle bundle(Optional<String> language) {
    Locale locale =
        language.filter(l -> l.startsWith("zh")).isPresent()
            ? Locale.SIMPLIFIED_CHINESE
            : Locale.ENGLISH;
    return ResourceBundle.getBundle(
        BUNDLE,
        locale,
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }
}
