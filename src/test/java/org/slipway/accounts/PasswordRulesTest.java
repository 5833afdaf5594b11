package org.slipway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.settings.Settings;

/** Which passwords may be chosen, and what those are told who choose another one. */
class PasswordRulesTest {
  private final PasswordRules rules = rules(Map.of());

  private static PasswordRules rules(Map<String, String> values) {
    return new PasswordRules(new Settings(values::get, name -> null));
  }

  private List<String> codes(String password) {
    return rules.judge(password, "johanna", Optional.of("j.berg@example.org")).violations().stream()
        .map(Violation::code)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "'', password.short",
    "seven77, password.short",
    "johanna!, password.weak",
    "JohannaA, password.weak",
    "password, password.common",
    "PassWord, password.common",
    "password1, password.common",
    "p@ssword, password.common",
    "drowssap, password.common",
    "12345678, password.common",
    "qwertyuiop, password.common",
    "aaaaaaaaaaaa, password.weak",
    "abcdefgh, password.weak",
    "20011224, password.weak",
    "slipwayslipway, password.weak"
  })
  void whatIsGuessedFirstMayNotBeChosen(String password, String code) {
    assertThat(codes(password)).as(password).containsExactly(code);
  }

  @Test
  void whatIsWrittenOnTheDoorMayNotBeChosenNorBackwards() {
    assertThat(judged("engineroom", "engineroom")).containsExactly("password.username");
    assertThat(judged("EngineRoom", "engineroom")).containsExactly("password.username");
    assertThat(judged("moorenigne", "engineroom")).containsExactly("password.obvious");
    assertThat(judged("machinist.7", "engineroom")).containsExactly("password.obvious");
    assertThat(judged("7.tsinihcam", "engineroom")).containsExactly("password.obvious");
  }

  private List<String> judged(String password, String username) {
    return rules
        .judge(password, username, Optional.of("machinist.7@example.org"))
        .violations()
        .stream()
        .map(Violation::code)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct-horse-7",
        "harbour-Crane-42",
        "apple-Pie-17",
        "Fourteen-geese-fly",
        "correct horse battery",
        "a long password",
        "another password",
        "四个没有关系的词语",
        "пароль длинный"
      })
  void whatIsHardToGuessMayBeChosen(String password) {
    assertThat(codes(password)).isEmpty();
    rules.check(password, "johanna", Optional.empty());
  }

  /** Who follows the ten minutes of the README must not meet a refusal. */
  @Test
  void thePasswordOfTheReadmeMayBeChosen() throws Exception {
    var found =
        Pattern.compile("--user lab:(\\S+)").matcher(Files.readString(Path.of("README.md")));
    assertThat(found.find()).isTrue();
    assertThat(rules.judge(found.group(1), "lab", Optional.of("lab@example.org")).violations())
        .isEmpty();
  }

  @Test
  void theSettingSaysHowHardIsHardEnough() {
    String fair = "johanna-boot7";
    int score = rules.judge(fair, "x", Optional.empty()).score();
    assertThat(score).isBetween(1, 3);
    assertThat(rules(least(score)).judge(fair, "x", Optional.empty()).violations()).isEmpty();
    assertThat(rules(least(score + 1)).judge(fair, "x", Optional.empty()).violations())
        .extracting(Violation::code)
        .containsExactly("password.weak");
    assertThat(rules(least(0)).judge("abcdefgh", "x", Optional.empty()).violations()).isEmpty();
    assertThat(rules(least(0)).judge("password", "x", Optional.empty()).violations()).isNotEmpty();
  }

  private static Map<String, String> least(int score) {
    return Map.of("slipway.password.min-score", Integer.toString(score));
  }

  /** An estimate that takes long would be a way to keep the portal busy. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "4@8({[<3",
        "1!|lL7+",
        "password",
        "qwer",
        "2001-1-1 ",
        "\ud800",
        "\0\t\r\n",
        "0"
      })
  void theEstimateIsBoundedWhateverIsEntered(String piece) {
    String most = piece.repeat(256 / piece.length());
    rules.judge(most, "johanna", Optional.empty());
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    rules.judge(most, "johanna", Optional.empty());
    rules.judge(most.repeat(100), "johanna", Optional.empty());
    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - begin))
        .isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void aRefusedPasswordIsNotRepeated() {
    assertThatThrownBy(() -> rules.check("aaaaaaaaaaaa", "x", Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageNotContaining("aaaa");
    assertThat(rules.judge("aaaaaaaaaaaa", "x", Optional.empty()).toString())
        .doesNotContain("aaaa");
  }
}
