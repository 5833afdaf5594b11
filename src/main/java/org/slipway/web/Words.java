package org.slipway.web;

import jakarta.faces.context.FacesContext;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.Violation;

/** Texts of the message bundles in the reader's language. */
final class Words {
  static final String BUNDLE = "org.slipway.web.messages";

  private Words() {}

  static Locale locale() {
    return FacesContext.getCurrentInstance().getViewRoot().getLocale();
  }

  static String text(String key, Object... arguments) {
    String pattern = bundle().getString(key);
    return arguments.length == 0 ? pattern : new MessageFormat(pattern, locale()).format(arguments);
  }

  static Optional<String> find(String key) {
    ResourceBundle bundle = bundle();
    return bundle.containsKey(key) ? Optional.of(bundle.getString(key)) : Optional.empty();
  }

  /**
   * What a recorded cause means, such as "the client left"; empty where nobody has translated it.
   */
  static Optional<String> cause(String cause) {
    return find("cause." + cause.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_"));
  }

  /** In English the message itself, which is more exact; else what its code means. */
  static String text(Violation violation) {
    return isEnglish()
        ? violation.message()
        : find("violation." + violation.code()).orElse(violation.message());
  }

  static String text(Refusal refusal) {
    return isEnglish()
        ? refusal.detail()
        : find("refusal." + refusal.kind()).orElse(refusal.detail());
  }

  static boolean isEnglish() {
    return locale().getLanguage().equals("en");
  }

  private static ResourceBundle bundle() {
    return ResourceBundle.getBundle(
        BUNDLE,
        locale(),
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }
}
