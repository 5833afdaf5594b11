package org.slipway.bootfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.accounts.InvalidInputException;

/** The expressions of rules: what anybody asks for cannot make one of them hang. */
class RulePatternTest {
  /** Each of these takes longer than the age of the universe where an engine tries all ways. */
  @ParameterizedTest
  @ValueSource(strings = {"(a+)+b", "(a|a)*b", "(.*)*b", "(a*)*(a*)*b", "(?:a?){90}a{90}b"})
  void aHostileNameDoesNotMakeAnExpressionHang(String expression) {
    RulePattern pattern = RulePattern.compile(expression);
    String name = "a".repeat(512);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(pattern.match(name)).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a{100}){100}){100}",
        "((a{1000}){1000}){1000}",
        "(((a{99,}){99,}){99,}){99,}",
        "[a-z]{1,9999}",
        "(x{900}){9}"
      })
  void anExpressionThatUnfoldsIntoALargeOneIsRefused(String expression) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () ->
            assertThatThrownBy(() -> RulePattern.compile(expression))
                .isInstanceOf(InvalidInputException.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "(", "(?<name>", "\\1(a)", "(?=a)b", "a**", "[z-a]"})
  void whatIsNoExpressionIsRefused(String expression) {
    assertThatThrownBy(() -> RulePattern.compile(expression))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void theWholeNameMustMatch() {
    RulePattern pattern = RulePattern.compile("boot/(.*)\\.efi");
    assertThat(pattern.match("boot/a.efi").orElseThrow().group(1)).isEqualTo("a");
    assertThat(pattern.match("x/boot/a.efi")).isEmpty();
    assertThat(pattern.match("boot/a.efi.sig")).isEmpty();
  }
}
