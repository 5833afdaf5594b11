package org.slipway.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org\nRCPT TO:<b@example.org>",
        "a\r@example.org",
        "a@example.org\u0000",
        "a@example.org,b@example.org",
        "a@example.org b@example.org",
        "<a@example.org>",
        "\"a b\"@example.org",
        "a@b@example.org",
        "a@exa\u2028mple.org",
        "a@-example.org",
        "a..b@example.org",
        ".a@example.org",
        "@example.org",
        "a@",
        "a",
        ""
      })
  void whatCouldBeMoreThanOneRecipientIsNoAddress(String text) {
    assertThat(MailAddress.find(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann@stra\u00DFe.example",
        "ann@STRA\u1E9EE.example",
        "ann@\u03BB\u03CC\u03B3\u03BF\u03C2.example",
        "ann@a\u200Cb.example",
        "ann@a\u200Db.example"
      })
  void aDomainThatIsAnotherOneInTheOlderStandardIsNone(String text) {
    assertThat(MailAddress.find(text)).isEmpty();
  }

  @Test
  void usualAddressesAreTaken() {
    assertThat(MailAddress.find("ann+lab@mail.example.org")).isPresent();
    assertThat(MailAddress.find("o'neil@example.org")).isPresent();
    assertThat(MailAddress.find("ann@b\u00FCro.example").orElseThrow().text())
        .isEqualTo("ann@xn--bro-hoa.example");
    assertThat(MailAddress.find("root@localhost")).isPresent();
    assertThat(MailAddress.find("ann@例子.example").orElseThrow().text())
        .isEqualTo("ann@xn--fsqu00a.example");
  }

  @Test
  void anEndlessAddressIsNone() {
    assertThat(MailAddress.find("a".repeat(65) + "@example.org")).isEmpty();
    assertThat(MailAddress.find("a@" + "b.".repeat(200) + "org")).isEmpty();
  }
}
