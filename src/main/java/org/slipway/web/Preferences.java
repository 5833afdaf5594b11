package org.slipway.web;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.slipway.accounts.Account;

/**
 * Language and theme, kept in the browser. Without a choice the browser's own preference counts.
 */
@Named
@RequestScoped
public class Preferences {
  private static final String LANGUAGE = "slipway-language";
  private static final String THEME = "slipway-theme";
  private static final List<String> THEMES = List.of("auto", "light", "dark");
  private static final int ONE_YEAR = 31_536_000;

  @Inject private HttpServletRequest request;
  private Locale locale;
  private String theme;

  @PostConstruct
  void read() {
    locale =
        switch (cookie(LANGUAGE)) {
          case "en" -> Locale.ENGLISH;
          case "zh-CN" -> Locale.SIMPLIFIED_CHINESE;
          default -> ownOrAsked();
        };
    theme = THEMES.contains(cookie(THEME)) ? cookie(THEME) : "auto";
  }

  /** On a new browser the account's own choice, then the browser's. */
  private Locale ownOrAsked() {
    Account account = (Account) request.getAttribute(Me.ACCOUNT);
    return switch (account == null ? "" : account.language().orElse("")) {
      case "en" -> Locale.ENGLISH;
      case "zh-CN" -> Locale.SIMPLIFIED_CHINESE;
      default -> asked();
    };
  }

  private Locale asked() {
    boolean chinese = request.getLocale().getLanguage().equals("zh");
    return chinese ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
  }

  private String cookie(String name) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie c : cookies) {
        if (c.getName().equals(name)) {
          return c.getValue();
        }
      }
    }
    return "";
  }

  public Locale getLocale() {
    return locale;
  }

  public String getLanguageTag() {
    return locale.toLanguageTag();
  }

  public String getOtherLanguageName() {
    return isChinese() ? "English" : "中文";
  }

  /** {@code auto}, {@code light} or {@code dark}. */
  public String getTheme() {
    return theme;
  }

  public String getThemeKey() {
    return "theme." + theme;
  }

  public String getThemeIcon() {
    return switch (theme) {
      case "light" -> "pi-sun";
      case "dark" -> "pi-moon";
      default -> "pi-desktop";
    };
  }

  public String getColorScheme() {
    return theme.equals("auto") ? "light dark" : theme;
  }

  public String getLightMedia() {
    return theme.equals("auto") ? "(prefers-color-scheme: light)" : "all";
  }

  public String getDarkMedia() {
    return theme.equals("auto") ? "(prefers-color-scheme: dark)" : "all";
  }

  public void switchLanguage() throws IOException {
    keep(LANGUAGE, isChinese() ? "en" : "zh-CN");
    showAgain();
  }

  public void switchTheme() throws IOException {
    keep(THEME, THEMES.get((THEMES.indexOf(theme) + 1) % THEMES.size()));
    showAgain();
  }

  /** Both as chosen on the profile page. */
  void choose(String language, String chosenTheme) throws IOException {
    keep(LANGUAGE, language.equals("zh-CN") ? "zh-CN" : "en");
    keep(THEME, THEMES.contains(chosenTheme) ? chosenTheme : "auto");
    showAgain();
  }

  private boolean isChinese() {
    return locale.equals(Locale.SIMPLIFIED_CHINESE);
  }

  private void keep(String name, String value) {
    Cookie cookie = new Cookie(name, value);
    cookie.setPath("/");
    cookie.setMaxAge(ONE_YEAR);
    cookie.setHttpOnly(true);
    cookie.setSecure(request.isSecure());
    cookie.setAttribute("SameSite", "Lax");
    ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
    ((HttpServletResponse) external.getResponse()).addCookie(cookie);
  }

  private static void showAgain() throws IOException {
    ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
    external.redirect(Here.url(external));
  }
}
