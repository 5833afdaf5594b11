package org.slipway.bootfiles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.accounts.RefusedException;

/** What a template can do, and above all what it cannot. */
class TemplateTextTest {
  private static String made(String template, Map<String, String> variables) {
    return new String(TemplateText.render(template.getBytes(UTF_8), variables), UTF_8);
  }

  private static String refusal(String template, Map<String, String> variables) {
    return refusal(template.getBytes(UTF_8), variables);
  }

  private static String refusal(byte[] template, Map<String, String> variables) {
    try {
      TemplateText.render(template, variables);
      return "rendered";
    } catch (RefusedException e) {
      return e.refusal().detail();
    }
  }

  @Test
  void namesStandForTheirValuesAsTheyAre() {
    assertThat(
            made(
                "hostname {{name}}\nip {{network.router}} {{{x}}}\n",
                Map.of("name", "a<&\"b", "network.router", "10.0.0.1", "x", "y")))
        .isEqualTo("hostname a<&\"b\nip 10.0.0.1 y\n");
  }

  @Test
  void aSectionStandsWhereItsVariableIsThere() {
    String template = "{{#vlan}}vlan {{vlan}} on {{name}}{{/vlan}}{{^vlan}}none{{/vlan}}";
    assertThat(made(template, Map.of("vlan", "7", "name", "n"))).isEqualTo("vlan 7 on n");
    assertThat(made(template, Map.of("name", "n"))).isEqualTo("none");
    assertThat(made(template, Map.of("vlan", "", "name", "n"))).isEqualTo("none");
  }

  @Test
  void aVariableThatIsMissingIsNamedWithItsLine() {
    assertThat(refusal("a\nb {{secret}}", Map.of("name", "n")))
        .contains("no value for secret")
        .contains("line 2");
    assertThat(refusal("{{name.length}}", Map.of("name", "n"))).contains("name.length");
  }

  @Test
  void aValueIsNotReadAsATemplate() {
    assertThat(made("{{v}}", Map.of("v", "{{secret}}{{#v}}", "secret", "s")))
        .isEqualTo("{{secret}}{{#v}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nuser evil", "a\r", "\u0000", "\u001b[2J", "a\u0085b"})
  void aValueAddsNoLine(String value) {
    assertThat(refusal("{{v}}", Map.of("v", value))).contains("line break");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{class}}",
        "{{getClass.name}}",
        "{{name.getClass}}",
        "{{name.bytes}}",
        "{{#name}}{{length}}{{/name}}",
        "{{#name}}{{class.name}}{{/name}}",
        "{{name.class.classLoader}}",
        "{{entrySet}}",
        "{{size}}",
        "{{.}}",
        "{{this}}",
        "{{>/etc/passwd}}",
        "{{>other}}",
        "{{<other}}{{/other}}",
        "{{=<% %>=}}<%name%>",
        "{{ =<% %>= }}<%name%>",
        "{{#a}}"
      })
  void nothingButNamedTextsCanBeReached(String template) {
    assertThat(refusal(template, Map.of("name", "n")))
        .startsWith("The template cannot be rendered");
  }

  @Test
  void theTextHasABound() {
    Map<String, String> variables = Map.of("v", "x".repeat(9_000));
    assertThat(refusal("{{v}}".repeat(1_000), variables)).contains("longer than");
    assertThat(made("{{v}}".repeat(20), variables)).hasSize(180_000);
  }

  @Test
  void theTemplateHasABound() {
    assertThat(refusal("x".repeat(TemplateText.LARGEST_TEMPLATE + 1), Map.of()))
        .contains("larger than");
    assertThat(refusal("{{#v}}".repeat(5_000) + "{{/v}}".repeat(5_000), Map.of("v", "v")))
        .contains("sections");
    assertThat(made("{{#v}}".repeat(200) + "x" + "{{/v}}".repeat(200), Map.of("v", "v")))
        .isEqualTo("x");
  }

  @Test
  void whatIsNoTextIsNoTemplate() {
    assertThat(refusal(new byte[] {(byte) 0xff, (byte) 0xfe}, Map.of())).contains("UTF-8");
  }
}
