package org.slipway.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.AccessPolicy;
import org.slipway.accounts.Account;
import org.slipway.accounts.Bandwidth;
import org.slipway.accounts.Group;
import org.slipway.accounts.Invitations;
import org.slipway.accounts.Permission;
import org.slipway.accounts.Registrations;
import org.slipway.accounts.Role;
import org.slipway.accounts.SharedFolder;
import org.slipway.accounts.TrafficLedger;
import org.slipway.audit.Who;
import org.slipway.mail.MailServer;
import org.slipway.portal.AuthenticatorApp;
import org.slipway.portal.PortalParts;
import org.slipway.signin.ApiTokens;
import org.slipway.signin.Scope;

/** The rules of accounts on a real PostgreSQL, beside {@link PostgresTest}. */
class PostgresAccountsTest {
  @TempDir Path folder;
  private EmbeddedPostgres postgres;
  private PortalParts portal;

  @BeforeEach
  void open() throws Exception {
    postgres = EmbeddedPostgres.builder().setServerConfig("listen_addresses", "127.0.0.1").start();
    portal = start();
  }

  @AfterEach
  void close() throws Exception {
    portal.close();
    postgres.close();
  }

  private PortalParts start() {
    return start(Map.of());
  }

  private PortalParts start(Map<String, String> moreSettings) {
    Map<String, String> settings = new java.util.HashMap<>(moreSettings);
    settings.put("slipway.db.url", postgres.getJdbcUrl("postgres", "postgres"));
    settings.put("slipway.db.user", "postgres");
    return PortalParts.open(folder, Clock.systemUTC(), settings);
  }

  @Test
  void mailInvitationsAndForgottenPasswords() throws Exception {
    portal.close();
    try (MailServer server = MailServer.start()) {
      portal = start(server.settings());
      Registrations.State applied =
          portal.registrations.register(
              new Registrations.Application(
                  "ann", "a long password", Optional.of("ann@example.org"), Optional.empty()),
              Who.SYSTEM);
      portal.delivery.sendDue();
      String code = MailServer.code(server.to("ann@example.org").getFirst());
      portal.registrations.confirm(applied.id(), code, Who.SYSTEM);
      Account ann =
          portal.accounts.approve(
              "ann", Optional.of(1000L), Optional.of(5L), Set.of(Role.ADMIN), Who.SYSTEM);
      Invitations.Made made =
          portal.invitations.create(
              new Invitations.Draft(
                  Role.USER,
                  Optional.of(1L),
                  Optional.empty(),
                  Optional.empty(),
                  1,
                  Duration.ofDays(1)),
              ann,
              Who.SYSTEM);
      assertThat(portal.invitations.valid(made.code())).isPresent();
      portal.invitations.revoke(made.invitation().id(), Who.SYSTEM);
      portal.resets.request("ann", Who.SYSTEM);
      portal.settle();
      portal.delivery.sendDue();
      code = MailServer.code(server.to("ann@example.org").getLast());
      portal.resets.reset(code, "another long secret", Who.SYSTEM);
      portal.expiredCodes.sweep();
      portal.outbox.sweep();
      assertThat(portal.outbox.newest(0, 10)).hasSize(4);
    }
  }

  @Test
  void accessTokensSecondFactorsAndTraffic() {
    Account ann = portal.user("ann", "a long password", Optional.empty());
    AccessPolicy reading = AccessPolicy.EMPTY.permitting(Set.of(Permission.READ));
    Group group = new Group("lab", "of the lab", reading, Group.Template.EMPTY, 0);
    portal.groups.put(group, OptionalLong.empty(), Who.SYSTEM);
    SharedFolder shared =
        new SharedFolder(
            "common",
            "",
            ann.id(),
            "/common",
            List.of(
                new SharedFolder.Member(
                    Optional.empty(), Optional.of("lab"), Set.of(Permission.READ))),
            0);
    portal.shared.put(shared, OptionalLong.empty(), Who.SYSTEM);
    ApiTokens.Issued issued =
        portal.tokens.issue(ann, "t", Set.of(Scope.FILES_READ), Optional.empty(), Who.SYSTEM);
    portal.tokens.authenticate(issued.text(), PortalParts.address("127.0.0.1"));
    AuthenticatorApp app =
        new AuthenticatorApp(
            portal.secondFactorSetup.begin(ann, Who.SYSTEM).secret(), Clock.systemUTC());
    assertThat(portal.secondFactorSetup.confirm(ann, app.code(), Who.SYSTEM)).hasSize(10);
    try (TrafficLedger.Meter meter =
        portal.traffic.open(ann.id(), Bandwidth.Direction.UP, Optional.of(7L))) {
      meter.moved(7);
    }
    portal.traffic.flush();
    portal.settle();
    portal.crash();
    portal = start();
    assertThat(portal.groups.find("lab").orElseThrow().policy()).isEqualTo(reading);
    assertThat(portal.shared.find("common").orElseThrow().members()).hasSize(1);
    assertThat(portal.tokens.of(ann.id()).getFirst().lastUsedAddress()).contains("127.0.0.1");
    assertThat(portal.secondFactor.isActive(ann.id())).isTrue();
    assertThat(portal.secondFactor.recoveryCodesLeft(ann.id())).isEqualTo(10);
    assertThat(portal.traffic.usage(ann.id()).monthBytes()).isEqualTo(7);
    portal.tokens.revokeAll(ann, Who.SYSTEM);
    portal.secondFactorSetup.reset(ann, Who.SYSTEM);
    portal.shared.delete("common", OptionalLong.empty(), Who.SYSTEM);
    portal.groups.delete("lab", OptionalLong.empty(), Who.SYSTEM);
    assertThat(portal.tokens.of(ann.id())).isEmpty();
    assertThat(portal.secondFactor.isActive(ann.id())).isFalse();
    assertThat(portal.groups.all()).isEmpty();
  }
}
