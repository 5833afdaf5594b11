package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7617. */
class BasicCredentialsTest {

  @Test
  void splitsAtTheFirstColonAndReadsUtf8() {
    String pair =
        Base64.getEncoder().encodeToString("anna:wörd:中".getBytes(StandardCharsets.UTF_8));
    assertThat(BasicCredentials.parse("basic " + pair))
        .contains(new BasicCredentials("anna", "wörd:中"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "Basic",
        "Basic ",
        "Basic !!!",
        "Basic YW5uYQ==",
        "Bearer abc",
        "Basic //79Ov8="
      })
  void anythingElseIsNoLogin(String header) {
    assertThat(BasicCredentials.parse(header)).isEmpty();
  }

  @Test
  void doesNotShowThePassword() {
    assertThat(new BasicCredentials("anna", "secret").toString()).doesNotContain("secret");
  }
}
