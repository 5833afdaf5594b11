package org.slipway.bootfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;

/** The new name that a rule makes: nothing in it leads out of where the rule points to. */
class RuleTargetTest {
  private static String made(String target, List<String> groups, Map<String, String> variables) {
    return RuleTarget.parse(target, groups.size() - 1)
        .apply(groups::get, () -> variables)
        .relative();
  }

  private static Refusal.Kind refused(
      String target, List<String> groups, Map<String, String> variables) {
    try {
      made(target, groups, variables);
      return null;
    } catch (RefusedException e) {
      return e.refusal().kind();
    }
  }

  @Test
  void groupsAndVariablesStandInTheNewName() {
    assertThat(made("a/$1-$0/{{ mac }}.cfg", List.of("x", "y"), Map.of("mac", "52:54")))
        .isEqualTo("a/y-x/52:54.cfg");
    assertThat(made("$$1", List.of("x", "y"), Map.of())).isEqualTo("$1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc/passwd", "a/b", "..", "a\\b", "x..", ""})
  void aVariableLeadsIntoNoOtherFolder(String value) {
    assertThat(refused("devices/{{v}}/config", List.of("x"), Map.of("v", value)))
        .isEqualTo(Refusal.Kind.BAD_NAME);
  }

  @Test
  void aVariableWithALineBreakIsNoName() {
    assertThat(refused("devices/{{v}}", List.of("x"), Map.of("v", "a\r\nb")))
        .isEqualTo(Refusal.Kind.BAD_NAME);
  }

  @Test
  void piecesOfANameDoNotGrowTogetherToOneThatLeadsUp() {
    assertThat(refused("a/$1/secret", List.of("x", ".."), Map.of()))
        .isEqualTo(Refusal.Kind.BAD_NAME);
    assertThat(refused("a/.$1/secret", List.of("x", "."), Map.of()))
        .isEqualTo(Refusal.Kind.BAD_NAME);
  }

  @Test
  void aVariableIsInsertedAndNotReadAgain() {
    assertThat(made("{{v}}", List.of("x"), Map.of("v", "{{mac}}$1", "mac", "m")))
        .isEqualTo("{{mac}}$1");
  }

  @Test
  void aVariableThatIsMissingIsRefused() {
    assertThat(refused("{{v}}", List.of("x"), Map.of())).isEqualTo(Refusal.Kind.NO_PERMISSION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "$2", "$", "a$", "$x", "{{", "{{a b}}", "{{}}", "../a", "a/../b", "/"})
  void whatCanBeNoNewNameIsRefusedBeforehand(String target) {
    assertThatThrownBy(() -> RuleTarget.parse(target, 1)).isInstanceOf(InvalidInputException.class);
  }
}
