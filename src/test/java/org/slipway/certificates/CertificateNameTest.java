package org.slipway.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.accounts.InvalidInputException;

class CertificateNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a b", "-a", "a..b", "1.2.3", "300.1.1.1", "a,b", "CN=x", "a\nb", "<b>"})
  void whatIsNoNameIsRefused(String name) {
    assertThatThrownBy(() -> CertificateName.parseAll(List.of("good", name)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("names[1]");
  }

  @Test
  void aNameIsAsLongAsADomainMayBe() {
    String longest = "a.".repeat(126) + "a";
    assertThat(CertificateName.parse(longest)).isPresent();
    assertThat(CertificateName.parse(longest + "b")).isEmpty();
    assertThat(CertificateName.parse("a.".repeat(100_000) + "a")).isEmpty();
  }
}
