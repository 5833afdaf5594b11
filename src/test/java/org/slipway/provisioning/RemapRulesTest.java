package org.slipway.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.Who;
import org.slipway.bootfiles.RemapRule;
import org.slipway.leases.Network;
import org.slipway.leases.TftpRules;
import org.slipway.portal.PortalParts;
import org.slipway.provisioning.NamePreview.Preview;
import org.slipway.settings.CidrBlock;

/** Which file a client gets for the name that it asks for. */
class RemapRulesTest extends SequenceFixture {
  private static RemapRule rule(String name, String pattern, String target) {
    return new RemapRule(
        name,
        0,
        pattern,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        target.isEmpty() ? RemapRule.Action.DENY : RemapRule.Action.REWRITE,
        target,
        false,
        false,
        true,
        0);
  }

  private static RemapRule only(
      RemapRule r, String network, String device, OptionalInt architecture) {
    return new RemapRule(
        r.name(),
        0,
        r.pattern(),
        Optional.ofNullable(network),
        Optional.ofNullable(device),
        architecture,
        r.action(),
        r.target(),
        r.proceed(),
        r.unlessExists(),
        r.enabled(),
        0);
  }

  private static RemapRule with(
      RemapRule r, boolean proceed, boolean unlessExists, boolean enabled) {
    return new RemapRule(
        r.name(),
        0,
        r.pattern(),
        r.network(),
        r.device(),
        r.architecture(),
        r.action(),
        r.target(),
        proceed,
        unlessExists,
        enabled,
        0);
  }

  private void put(RemapRule rule) {
    put(rule, OptionalInt.empty());
  }

  private void put(RemapRule rule, OptionalInt position) {
    portal.remapRules.put(rule, position, OptionalLong.empty(), Who.SYSTEM);
  }

  private List<String> order() {
    return portal.remapRules.all().stream().map(r -> r.position() + " " + r.name()).toList();
  }

  private Preview asked(String name) {
    return portal.preview.of(portal.devices.find(MAC).orElseThrow(), name);
  }

  private Refusal.Kind refusal(String name) {
    try {
      open(name).close();
      return null;
    } catch (RefusedException e) {
      return e.refusal().kind();
    }
  }

  @Test
  void theFirstRuleThatAppliesDecides() {
    put(rule("a", "x/(.*)", "one.bin"));
    put(rule("b", "x/y", "two.bin"));
    assertThat(read("x/y")).isEqualTo("first");
    put(rule("b", "x/y", "two.bin"), OptionalInt.of(1));
    assertThat(read("x/y")).isEqualTo("second");
    assertThat(read("one.bin")).isEqualTo("first");
  }

  @Test
  void aRuleMayLeaveTheNewNameToTheNext() {
    put(with(rule("strip", "tftpboot/(.*)", "$1"), true, false, true));
    put(rule("old", "old\\.bin", "two.bin"));
    assertThat(read("tftpboot/old.bin")).isEqualTo("second");
    assertThat(read("tftpboot/one.bin")).isEqualTo("first");
  }

  @Test
  void aRuleThatIsOffDoesNothing() {
    put(with(rule("a", "x", "one.bin"), false, false, false));
    assertThat(refusal("x")).isEqualTo(Refusal.Kind.NO_SUCH_FILE);
  }

  @Test
  void aFileUnderTheVeryNameMayWin() {
    put(with(rule("a", ".*\\.bin", "two.bin"), false, true, true));
    assertThat(read("one.bin")).isEqualTo("first");
    assertThat(read("none.bin")).isEqualTo("second");
  }

  @Test
  void aDeniedNameIsRefusedAndTold() {
    put(rule("secret", "one\\..*", ""));
    assertThat(refusal("one.bin")).isEqualTo(Refusal.Kind.NO_PERMISSION);
    assertThat(portal.timeline.outsideOfRuns(MAC))
        .anySatisfy(event -> {
          assertThat(event.kind()).isEqualTo("REFUSED");
          assertThat(event.path()).contains("one.bin");
          assertThat(event.reason()).contains("The rule secret denies this name");
        });
  }

  @Test
  void aRuleIsForItsDeviceNetworkAndArchitectureOnly() {
    portal.networks.put(network(), OptionalLong.empty(), Who.SYSTEM);
    put(only(rule("d", "d", "one.bin"), null, MAC.text(), OptionalInt.empty()));
    put(only(rule("e", "d", "two.bin"), null, "52:54:00:00:00:99", OptionalInt.empty()));
    put(only(rule("n", "n", "one.bin"), "lab", null, OptionalInt.empty()));
    put(only(rule("m", "m", "one.bin"), "other", null, OptionalInt.empty()));
    put(only(rule("u", "u", "one.bin"), null, null, OptionalInt.of(7)));
    assertThat(read("d")).isEqualTo("first");
    assertThat(read("n")).isEqualTo("first");
    assertThat(refusal("m")).isEqualTo(Refusal.Kind.NO_SUCH_FILE);
    assertThat(refusal("u")).isEqualTo(Refusal.Kind.NO_SUCH_FILE);
    portal.architectures.seen(MAC, 7);
    assertThat(read("u")).isEqualTo("first");
    variables(Map.of("arch", "0x0b"));
    assertThat(refusal("u")).isEqualTo(Refusal.Kind.NO_SUCH_FILE);
    assertThat(
            portal.preview.of(PortalParts.address("192.0.2.7"), "d").refusal().orElseThrow().kind())
        .isEqualTo(Refusal.Kind.NO_SUCH_FILE);
  }

  private static Network network() {
    return new Network(
        "lab",
        CidrBlock.parse("10.0.0.0/24"),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        Network.UnknownDevices.IGNORE,
        Map.of(),
        Map.of(),
        TftpRules.NONE,
        0);
  }

  private void variables(Map<String, String> variables) {
    put(
        new Device(
            MAC,
            "d",
            Optional.of(PortalParts.address(ADDRESS)),
            Optional.of("m"),
            Optional.empty(),
            true,
            variables,
            Map.of(),
            TftpRules.NONE,
            0));
  }

  @ParameterizedTest
  @CsvSource({"mac_hyphen,52-54-00-00-00-01", "mac_bare,525400000001", "ip_hex,0A00000B"})
  void aNameMayHoldWhatIsKnownOfTheDevice(String variable, String value) {
    store("devices/" + value + "/config", "mine");
    put(rule("own", "config", "devices/{{" + variable + "}}/config"));
    assertThat(read("config")).isEqualTo("mine");
    assertThat(portal.preview.of(PortalParts.address("192.0.2.7"), "config").refusal().isPresent())
        .isTrue();
  }

  @Test
  void aVariableLeadsNowhereElse() {
    store("secret/config", "theirs");
    variables(Map.of("v", "../secret"));
    put(rule("own", "config", "devices/{{v}}/config"));
    assertThat(refusal("config")).isEqualTo(Refusal.Kind.BAD_NAME);
  }

  @Test
  void theStepIsProvenByTheNameThatWasOffered() {
    store("bios/first.bin", "another first");
    put(rule("bios", "one\\.bin", "bios/first.bin"));
    assertThat(ask()).isEqualTo("one.bin");
    assertThat(read("one.bin")).isEqualTo("another first");
    fetch("one.bin");
    assertThat(ask()).isEqualTo("two.bin");
  }

  @Test
  void theStepIsProvenByTheFileThatWasOffered() {
    put(rule("strip", "tftpboot/(.*)", "$1"));
    assertThat(ask()).isEqualTo("one.bin");
    fetch("tftpboot/one.bin");
    assertThat(ask()).isEqualTo("two.bin");
  }

  @Test
  void anotherFileUnderAnotherNameProvesNothing() {
    put(rule("swap", "x", "two.bin"));
    ask();
    fetch("x");
    assertThat(ask()).isEqualTo("one.bin");
  }

  @Test
  void aStepIsOfferedWhereARuleLeadsToAFile() {
    manifest(Manifest.Advance.DELIVERY, Manifest.End.SILENCE, "boot.bin");
    portal.runs.rearm(MAC, Who.SYSTEM);
    assertThat(ask()).isEqualTo("FILE_MISSING");
    put(rule("a", "boot\\.bin", "two.bin"));
    assertThat(ask()).isEqualTo("boot.bin");
    put(rule("a", "boot\\.bin", ""));
    assertThat(ask()).isEqualTo("FILE_MISSING");
  }

  @Test
  void theListOfARunWinsOverARewrite() {
    put(rule("all", ".*", "one.bin"));
    ask();
    assertThat(read("m.rc")).startsWith("# slipway manifest m");
    put(rule("all", ".*", ""));
    assertThat(refusal("m.rc")).isEqualTo(Refusal.Kind.NO_PERMISSION);
  }

  @Test
  void rulesKeepTheirOrderWhenTheyMove() {
    put(rule("a", "a", "x"));
    put(rule("b", "b", "x"));
    put(rule("c", "c", "x"));
    assertThat(order()).containsExactly("1 a", "2 b", "3 c");
    put(rule("c", "c", "x"), OptionalInt.of(1));
    assertThat(order()).containsExactly("1 c", "2 a", "3 b");
    put(rule("a", "a2", "x"));
    assertThat(order()).containsExactly("1 c", "2 a", "3 b");
    put(rule("c", "c", "x"), OptionalInt.of(99));
    portal.remapRules.delete("a", OptionalLong.empty(), Who.SYSTEM);
    assertThat(order()).containsExactly("1 b", "2 c");
  }

  @Test
  void aRuleThatWasChangedMeanwhileIsNotOverwritten() {
    put(rule("a", "a", "x"));
    long seen = portal.remapRules.find("a").orElseThrow().revision();
    put(rule("a", "b", "x"));
    assertThatThrownBy(() ->
            portal.remapRules.put(
                rule("a", "c", "x"), OptionalInt.empty(), OptionalLong.of(seen), Who.SYSTEM))
        .hasMessageContaining("CHANGED_MEANWHILE");
  }

  @ParameterizedTest
  @CsvSource({"'',a,x", "a b,a,x", "a,(,x", "a,a,$1", "a,a,../x", "a,a,{{x"})
  void aBadRuleIsNotStored(String name, String pattern, String target) {
    assertThatThrownBy(() -> put(rule(name, pattern, target)))
        .isInstanceOf(InvalidInputException.class);
    assertThat(portal.remapRules.all()).isEmpty();
  }

  @Test
  void thePreviewTellsEachRuleAndChangesNothing() {
    put(with(rule("strip", "tftpboot/(.*)", "$1"), true, false, true));
    put(rule("other", "nothing", "x"));
    assertThat(ask()).isEqualTo("one.bin");
    Preview preview = asked("\\tftpboot\\one.bin");
    assertThat(preview.path()).contains("one.bin");
    assertThat(preview.exists()).isTrue();
    assertThat(preview.size()).isEqualTo(5);
    assertThat(preview.rules())
        .extracting(r -> r.rule() + " " + r.matched() + " " + r.text())
        .containsExactly(
            "strip true tftpboot/one.bin becomes one.bin",
            "other false Its pattern does not match one.bin");
    assertThat(ask()).isEqualTo("one.bin");
    assertThat(asked("../etc/passwd").refusal().orElseThrow().kind())
        .isEqualTo(Refusal.Kind.BAD_NAME);
  }

  @Test
  void aDisabledDeviceGetsNothingAtOnce() throws java.io.IOException {
    ask();
    try (BootContent.BootTransfer running = open("one.bin")) {
      device(false, Optional.of("m"));
      assertThatThrownBy(() -> running.read(java.nio.ByteBuffer.allocate(5), 0))
          .isInstanceOf(java.io.IOException.class);
      running.delivered();
    }
    assertThat(refusal("one.bin")).isEqualTo(Refusal.Kind.NO_PERMISSION);
    assertThat(asked("one.bin").refusal().orElseThrow().detail())
        .isEqualTo("The device is disabled");
    device(true, Optional.of("m"));
    assertThat(ask()).isEqualTo("one.bin");
  }
}
