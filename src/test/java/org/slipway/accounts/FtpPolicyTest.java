package org.slipway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.EffectivePolicy.Said;
import org.slipway.audit.Who;
import org.slipway.portal.PortalParts;
import org.slipway.settings.FtpSettings.Tls;
import org.slipway.settings.FtpSettings.TlsDataSession;

/** How an account's FTP is and how fast it moves: account, groups, portal, and who says so. */
class FtpPolicyTest {
  private static final FtpRules STRICT =
      new FtpRules(
          Optional.of(FtpTls.REQUIRED),
          Optional.of(TlsDataSession.OFF),
          Optional.of(NameCharset.GB18030));

  @TempDir Path folder;
  private PortalParts portal;
  private Account ann;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder, Clock.systemUTC(), Map.of());
    ann = portal.user("ann", "a long password", Optional.empty());
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private void group(String name, AccessPolicy policy) {
    portal.groups.put(
        new Group(name, "", policy, Group.Template.EMPTY, 0), OptionalLong.empty(), Who.SYSTEM);
  }

  private void policy(AccessPolicy policy, String... groups) {
    ann =
        portal.accounts.change(
            "ann",
            OptionalLong.empty(),
            a -> AccountEdit.of(a).access(List.of(groups), policy).account(),
            Who.SYSTEM);
  }

  private EffectivePolicy effective() {
    return portal.authorization.policy(ann);
  }

  @Test
  void whatNobodySaysIsSaidByThePortal() {
    assertThat(effective().ftpTls(Tls.REQUIRED))
        .isEqualTo(new Said<>(FtpTls.REQUIRED, "the setting slipway.ftp.tls"));
    assertThat(effective().ftpTls(Tls.OFF).value()).isEqualTo(FtpTls.OPTIONAL);
    assertThat(effective().tlsDataSession(TlsDataSession.WARN))
        .isEqualTo(new Said<>(TlsDataSession.WARN, "the setting slipway.ftp.tls.data-session"));
    assertThat(effective().nameCharset()).isEqualTo(new Said<>(NameCharset.UTF_8, "the default"));
    assertThat(effective().bandwidth(Bandwidth.Direction.UP)).isEmpty();
  }

  @Test
  void eachPartIsSaidByTheFirstThatSaysIt() {
    group("strict", AccessPolicy.EMPTY.with(STRICT));
    group("slow", AccessPolicy.EMPTY.with(new Bandwidth(Optional.of(100L), Optional.of(200L))));
    policy(
        AccessPolicy.EMPTY
            .with(new FtpRules(Optional.of(FtpTls.OPTIONAL), Optional.empty(), Optional.empty()))
            .with(new Bandwidth(Optional.empty(), Optional.of(5L))),
        "strict",
        "slow");
    assertThat(effective().ftpTls(Tls.REQUIRED))
        .isEqualTo(new Said<>(FtpTls.OPTIONAL, "the account"));
    assertThat(effective().tlsDataSession(TlsDataSession.REQUIRE))
        .isEqualTo(new Said<>(TlsDataSession.OFF, "group strict"));
    assertThat(effective().nameCharset())
        .isEqualTo(new Said<>(NameCharset.GB18030, "group strict"));
    assertThat(effective().bandwidth(Bandwidth.Direction.UP))
        .contains(new Said<>(100L, "group slow"));
    assertThat(effective().bandwidth(Bandwidth.Direction.DOWN))
        .contains(new Said<>(5L, "the account"));
  }

  @Test
  void itIsStoredAndReadAsItWas() {
    AccessPolicy all =
        AccessPolicy.EMPTY.with(STRICT).with(new Bandwidth(Optional.of(1L), Optional.of(2L)));
    policy(all);
    assertThat(portal.directory.byId(ann.id()).orElseThrow().policy()).isEqualTo(all);
    assertThat(PolicyText.read(PolicyText.of(all))).isEqualTo(all);
    assertThat(PolicyText.read("{\"trafficPerDay\":5}").ftp())
        .as("written before there were such rules")
        .isEqualTo(FtpRules.EMPTY);
  }

  @Test
  void aRateOfNothingIsRefused() {
    assertThatThrownBy(
            () -> policy(AccessPolicy.EMPTY.with(new Bandwidth(Optional.of(0L), Optional.empty()))))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> assertThat(e.violations().getFirst().field()).isEqualTo("bandwidthUp"));
  }

  @Test
  void theExplanationGoesThroughItToo() {
    policy(AccessPolicy.EMPTY.with(STRICT).with(new Bandwidth(Optional.of(9L), Optional.empty())));
    AccessExplanation explanation =
        new AccessExplanation(portal.authorization, portal.settings, Clock.systemUTC());
    assertThat(rules(explanation, Channel.FTP))
        .contains(
            "tls Login and data need TLS (the account)",
            "tlsDataSession A data connection need not resume the TLS session (the account)",
            "names Names are GB18030 (the account)",
            "bandwidth UP: at most 9 bytes per second (the account)");
    assertThat(rules(explanation, Channel.WEB))
        .contains("bandwidth UP: at most 9 bytes per second (the account)")
        .noneMatch(rule -> rule.startsWith("tls"));
  }

  private List<String> rules(AccessExplanation explanation, Channel channel) {
    return explanation.explain(ann, channel, "/", Optional.empty()).rules().stream()
        .map(r -> r.rule() + " " + r.text() + " (" + r.source() + ")")
        .toList();
  }

  @Test
  void oneRateIsSharedByAllTransfersOfADirection() {
    policy(AccessPolicy.EMPTY.with(new Bandwidth(Optional.of(40_000L), Optional.empty())));
    try (TrafficLedger.Meter ftp = up();
        TrafficLedger.Meter web = up();
        TrafficLedger.Meter down =
            portal.traffic.open(ann.id(), Bandwidth.Direction.DOWN, Optional.empty())) {
      assertThat(down.isPaced()).isFalse();
      long start = System.nanoTime();
      assertThat(ftp.pay(12_000)).isTrue();
      assertThat(ftp.pay(4_000)).isTrue();
      assertThat(web.pay(4_000)).isTrue();
      assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(190);
    }
  }

  private TrafficLedger.Meter up() {
    return portal.traffic.open(ann.id(), Bandwidth.Direction.UP, Optional.empty());
  }
}
