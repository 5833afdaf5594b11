package org.slipway.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.Who;
import org.slipway.leases.Network;
import org.slipway.leases.TftpRules;
import org.slipway.portal.PortalParts;
import org.slipway.provisioning.NamePreview.Preview;
import org.slipway.settings.CidrBlock;
import org.slipway.storage.VirtualPath;

/** Boot files that are rendered for each device. */
class RenderedFilesTest extends SequenceFixture {
  private void template(String name, String text) {
    store(name, text);
    portal.templates.mark(VirtualPath.parse(name), true, Who.SYSTEM);
  }

  private void device(String name, Map<String, String> variables) {
    put(
        new Device(
            MAC,
            name,
            Optional.of(PortalParts.address(ADDRESS)),
            Optional.of("m"),
            Optional.empty(),
            true,
            variables,
            Map.of(),
            TftpRules.NONE,
            0));
  }

  private void network(Map<String, String> variables) {
    portal.networks.put(
        new Network(
            "lab",
            CidrBlock.parse("10.0.0.0/24"),
            Optional.of(PortalParts.address("10.0.0.2")),
            Optional.of(PortalParts.address("10.0.0.1")),
            List.of(PortalParts.address("10.0.0.3"), PortalParts.address("10.0.0.4")),
            List.of(),
            Optional.of("lab.example"),
            List.of(),
            List.of(),
            Network.UnknownDevices.IGNORE,
            Map.of(),
            variables,
            TftpRules.NONE,
            0),
        OptionalLong.empty(),
        Who.SYSTEM);
  }

  private String refusal(String address, String name) {
    try {
      portal.content.open("TFTP", PortalParts.address(address), VirtualPath.parse(name)).close();
      return "given";
    } catch (RefusedException e) {
      return e.refusal().kind() + " " + e.refusal().detail();
    }
  }

  @Test
  void theMacIsThereInTheUsualSpellings() {
    template(
        "t",
        """
        {{name}} {{address}} {{ip_hex}}
        {{mac}} {{mac_hyphen}} {{mac_hyphen_upper}} {{mac_bare}} {{mac_dots}}
        """);
    device("sw-01", Map.of());
    assertThat(read("t"))
        .isEqualTo(
            """
            sw-01 10.0.0.11 0A00000B
            52:54:00:00:00:01 52-54-00-00-00-01 52-54-00-00-00-01 525400000001 5254.0000.0001
            """);
  }

  @Test
  void variablesOfTheDeviceGoBeforeThoseOfItsNetwork() {
    network(Map.of("site", "north", "vlan", "1", "name", "no name"));
    device("sw-01", Map.of("vlan", "7", "serial", "S-1", "mac", "none"));
    template(
        "t",
        "{{name}} {{mac}} {{serial}} {{vlan}} {{site}} {{network.name}} {{network.router}}"
            + " {{network.netmask}} {{network.dns}} {{network.domain}} {{server_address}}");
    assertThat(read("t"))
        .isEqualTo(
            "sw-01 52:54:00:00:00:01 S-1 7 north lab 10.0.0.1 255.255.255.0 10.0.0.3 10.0.0.4"
                + " lab.example 10.0.0.2");
  }

  @Test
  void whatIsMissingIsRefusedAndToldOnTheTimeline() {
    template("t", "hostname {{hostname}}");
    assertThat(refusal(ADDRESS, "t"))
        .isEqualTo(
            "NO_PERMISSION The template cannot be rendered: there is no value for hostname in line 1");
    assertThat(portal.timeline.outsideOfRuns(MAC))
        .anySatisfy(e -> assertThat(e.reason().orElse("")).contains("no value for hostname"));
    ask();
    refusal(ADDRESS, "t");
    assertThat(portal.timeline.of(MAC).getFirst().events())
        .anySatisfy(e -> assertThat(e.reason().orElse("")).contains("no value for hostname"));
  }

  @Test
  void nobodyUnknownGetsATemplate() {
    template("t", "plain");
    assertThat(refusal("10.0.0.99", "t")).contains("for known devices only");
    assertThat(refusal(ADDRESS, "t")).isEqualTo("given");
  }

  @Test
  void aRenderingStaysTheSameUntilItIsOver() throws java.io.IOException {
    template("t", "I am {{name}}");
    device("one", Map.of());
    try (BootContent.BootTransfer running = open("t")) {
      assertThat(running.size()).isEqualTo(8);
      String tag = running.tag();
      device("another", Map.of());
      store("t", "changed {{name}}");
      ByteBuffer bytes = ByteBuffer.allocate(100);
      running.read(bytes, 0);
      assertThat(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8))
          .isEqualTo("I am one");
      try (BootContent.BootTransfer next = open("t")) {
        assertThat(next.size()).isEqualTo("changed another".length());
        assertThat(next.tag()).isNotEqualTo(tag);
      }
    }
  }

  @Test
  void aTemplateIsAStepLikeAnyFileAndOfferedWithItsRenderedSize() {
    template("one.bin", "{{name}}".repeat(200));
    device("sw-01", Map.of());
    assertThat(offer(request(++xid, "")).fileSize()).hasValue(1_000);
    fetch("one.bin");
    assertThat(ask()).isEqualTo("two.bin");
  }

  @Test
  void aTemplateThatCannotBeRenderedIsOfferedAndItsFetchSaysWhy() {
    template("one.bin", "{{hostname}}");
    assertThat(ask()).isEqualTo("one.bin");
    assertThat(refusal(ADDRESS, "one.bin")).contains("no value for hostname");
    assertThat(ask()).isEqualTo("one.bin");
    assertThat(portal.explanation.explain(MAC).rules())
        .anySatisfy(rule -> assertThat(rule.text()).contains("no value for hostname"));
  }

  @Test
  void thePreviewShowsWhatTheDeviceWouldGet() {
    template("t", "I am {{name}}");
    device("sw-01", Map.of());
    Preview preview = portal.preview.of(portal.devices.find(MAC).orElseThrow(), "t");
    assertThat(preview.template()).isTrue();
    assertThat(preview.text()).contains("I am sw-01");
    Preview stranger = portal.preview.of(PortalParts.address("10.0.0.99"), "t");
    assertThat(stranger.text()).isEmpty();
    assertThat(stranger.refusal().orElseThrow().kind()).isEqualTo(Refusal.Kind.NO_PERMISSION);
  }

  @Test
  void theMarkFollowsTheFile() {
    template("a/t", "x");
    portal.templates.renamed(VirtualPath.parse("a"), VirtualPath.parse("b/c"));
    assertThat(portal.templates.isTemplate(VirtualPath.parse("a/t"))).isFalse();
    assertThat(portal.templates.isTemplate(VirtualPath.parse("b/c/t"))).isTrue();
    portal.templates.deleted(VirtualPath.parse("b"));
    assertThat(portal.templates.isTemplate(VirtualPath.parse("b/c/t"))).isFalse();
    assertThatThrownBy(() -> portal.templates.mark(VirtualPath.parse("none"), true, Who.SYSTEM))
        .hasMessageContaining("NO_SUCH_FILE");
  }
}
