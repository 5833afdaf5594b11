package org.slipway.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.slipway.settings.Settings;

class MailTextsTest {
  private static final MailAddress ANN = new MailAddress("ann@example.org");

  private static MailTexts texts(Map<String, String> settings) {
    return new MailTexts(new Settings(settings::get, n -> null));
  }

  private static Mail reset(MailTexts texts, String language) {
    return texts.coded(
        MailKind.PASSWORD_RESET,
        ANN,
        Optional.ofNullable(language),
        new MailTexts.Code("/reset.xhtml?code=", "c0de"),
        "ann");
  }

  @Test
  void aLinkIsMadeFromTheSettingAlone() {
    MailTexts known = texts(Map.of("slipway.public-url", "https://boot.example.net/"));
    assertThat(reset(known, null).text())
        .contains("https://boot.example.net/reset.xhtml?code=c0de");
    assertThat(reset(texts(Map.of()), null).text()).doesNotContain("http").contains("\n\nc0de\n");
  }

  @Test
  void bothLanguagesSayTheSame() {
    ResourceBundle english = ResourceBundle.getBundle(MailTexts.BUNDLE, Locale.ENGLISH);
    ResourceBundle chinese = ResourceBundle.getBundle(MailTexts.BUNDLE, Locale.SIMPLIFIED_CHINESE);
    assertThat(new TreeSet<>(chinese.keySet())).isEqualTo(new TreeSet<>(english.keySet()));
    assertThat(reset(texts(Map.of()), "zh-CN").subject()).isEqualTo("为您的账户设置新密码");
    assertThat(reset(texts(Map.of()), null).subject()).contains("new password");
    for (MailKind kind : MailKind.values()) {
      assertThat(english.keySet()).contains(kind + ".subject", kind + ".text");
    }
  }

  @Test
  void nothingMakesASecondHeader() {
    assertThatThrownBy(() -> new Mail(MailKind.TEST, ANN, "a\r\nBcc: b@example.org", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new Mail(MailKind.TEST, ANN, "a", "b\u0000\u001b[2J\r\nc").text())
        .isEqualTo("b  [2J\nc");
  }
}
