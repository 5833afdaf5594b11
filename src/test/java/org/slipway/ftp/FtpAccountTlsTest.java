package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slipway.accounts.AccessPolicy;
import org.slipway.accounts.Account;
import org.slipway.accounts.FtpRules;
import org.slipway.accounts.FtpTls;
import org.slipway.accounts.Group;
import org.slipway.audit.Who;
import org.slipway.settings.FtpSettings.TlsDataSession;

/** What an account says about TLS, beside what the portal says. */
class FtpAccountTlsTest {
  @TempDir Path folder;

  private TestPortal portal(String tls, String dataSession) {
    return new TestPortal(
        folder, Map.of("slipway.ftp.tls", tls, "slipway.ftp.tls.data-session", dataSession));
  }

  private static AccessPolicy tls(FtpTls tls) {
    return AccessPolicy.EMPTY.with(
        new FtpRules(Optional.of(tls), Optional.empty(), Optional.empty()));
  }

  private static AccessPolicy session(TlsDataSession session) {
    return AccessPolicy.EMPTY.with(
        new FtpRules(Optional.empty(), Optional.of(session), Optional.empty()));
  }

  private static String logIn(TestPortal portal, String name, String password) throws Exception {
    try (RawClient client = new RawClient(portal.address)) {
      assertThat(client.command("USER " + name)).isEqualTo("331 Password required.");
      return client.command("PASS " + password);
    }
  }

  private static void group(TestPortal portal, String name, AccessPolicy policy) {
    portal.groups.put(
        new Group(name, "", policy, Group.Template.EMPTY, 0), OptionalLong.empty(), Who.SYSTEM);
  }

  @Test
  void whoNeedsTlsIsToldSoBehindTheRightPasswordAlone() throws Exception {
    try (TestPortal portal = portal("optional", "require")) {
      portal.account("ann");
      portal.account("bob");
      portal.policy("ann", tls(FtpTls.REQUIRED));
      assertThat(logIn(portal, "ann", TestPortal.PASSWORD))
          .startsWith("530 TLS is required (says the account)")
          .contains("AUTH TLS");
      for (String name : List.of("ann", "bob", "nobody")) {
        assertThat(logIn(portal, name, "wrong")).isEqualTo("530 Login incorrect.");
      }
      assertThat(logIn(portal, "bob", TestPortal.PASSWORD)).startsWith("230 ");
      TestPortal.await(
          "it is in the audit trail",
          () ->
              portal.audit.page("TLS_REQUIRED", 0, 10).stream()
                  .anyMatch(e -> e.actor().equals("ann")));
      assertThat(portal.sessions.opened()).noneMatch(s -> s.account().username().equals("ann"));
    }
  }

  @Test
  void itsDataConnectionsMustBeProtected() throws Exception {
    try (TestPortal portal = portal("optional", "require")) {
      portal.account("ann");
      group(portal, "strict", tls(FtpTls.REQUIRED));
      portal.policy("ann", AccessPolicy.EMPTY, "strict");
      assertThat(logIn(portal, "ann", TestPortal.PASSWORD)).contains("(says group strict)");
      SSLContext context = TrustsAnybody.context();
      try (RawClient client = FtpTlsTest.secured(portal, context)) {
        client.command("PBSZ 0");
        assertThat(client.command("PROT C")).as("before the name is known").startsWith("200 ");
        client.command("USER ann");
        assertThat(client.command("PASS " + TestPortal.PASSWORD)).startsWith("230 ");
        for (String line : List.of("LIST", "NLST", "MLSD", "RETR f", "STOR f", "APPE f", "STOU")) {
          client.data().close();
          assertThat(client.command(line)).as(line).startsWith("521 ");
        }
        assertThat(client.command("PROT C")).startsWith("534 ");
        assertThat(client.command("PROT P")).startsWith("200 ");
        try (ProtectedData data = client.protectedData("STOR f", context)) {
          data.write(new byte[10]);
        }
        assertThat(client.reply()).startsWith("226 ");
        assertThat(client.command("REIN")).startsWith("220 ");
      }
    }
  }

  /** As long as there is an exception every name is taken, so that nobody learns whose it is. */
  @Test
  void anExemptAccountLogsInWhereThePortalWantsTls() throws Exception {
    try (TestPortal portal = portal("required", "require")) {
      Account ann = portal.account("ann");
      portal.account("bob");
      try (RawClient client = new RawClient(portal.address)) {
        assertThat(client.command("USER ann")).startsWith("530 ").contains("AUTH TLS");
      }
      portal.policy("ann", tls(FtpTls.OPTIONAL));
      TestPortal.await(
          "names are taken",
          () -> {
            try (RawClient client = new RawClient(portal.address)) {
              return client.command("USER bob").startsWith("331 ");
            }
          });
      assertThat(logIn(portal, "bob", TestPortal.PASSWORD))
          .startsWith("530 TLS is required (says the setting slipway.ftp.tls)");
      for (String name : List.of("ann", "bob", "nobody")) {
        assertThat(logIn(portal, name, "wrong")).isEqualTo("530 Login incorrect.");
      }
      portal.file(ann, "f", new byte[100]);
      try (RawClient client = RawClient.loggedIn(portal, "ann")) {
        assertThat(client.fetch("RETR f")).hasSize(100);
      }
    }
  }

  @Test
  void whereTlsIsOffWhoNeedsItIsToldWhy() throws Exception {
    try (TestPortal portal = portal("off", "require")) {
      portal.account("ann");
      portal.policy("ann", tls(FtpTls.REQUIRED));
      assertThat(logIn(portal, "ann", TestPortal.PASSWORD))
          .startsWith("530 TLS is required (says the account)")
          .contains("slipway.ftp.tls has it switched off");
    }
  }

  @Test
  void aSessionInTheClearEndsWhenItsAccountNeedsTls() throws Exception {
    try (TestPortal portal = portal("optional", "require")) {
      portal.account("ann");
      try (RawClient clear = RawClient.loggedIn(portal, "ann");
          RawClient secured = FtpTlsTest.loggedIn(portal, TrustsAnybody.context())) {
        portal.policy("ann", tls(FtpTls.REQUIRED));
        assertThat(clear.reply()).startsWith("421 TLS is required");
        assertThat(secured.command("NOOP")).startsWith("200 ");
      }
    }
  }

  /** The portal says the opposite each time. */
  @ParameterizedTest
  @EnumSource(TlsDataSession.class)
  void whetherDataConnectionsResumeIsSaidByTheAccount(TlsDataSession said) throws Exception {
    boolean required = said == TlsDataSession.REQUIRE;
    try (TestPortal portal = portal("optional", required ? "off" : "require")) {
      Account ann = portal.account("ann");
      portal.policy("ann", session(said));
      portal.file(ann, "f", new byte[1000]);
      try (RawClient client = FtpTlsTest.loggedIn(portal, TrustsAnybody.context())) {
        int got;
        try (ProtectedData data = client.protectedData("RETR f", TrustsAnybody.context())) {
          got = data.readAll().length;
        } catch (java.io.IOException brokenOff) {
          got = 0;
        }
        assertThat(got).isEqualTo(required ? 0 : 1000);
        assertThat(client.reply())
            .startsWith(required ? "522 The data connection must resume" : "226 ")
            .satisfies(r -> assertThat(r.contains("(says the account)")).isEqualTo(required));
      }
      if (said == TlsDataSession.WARN) {
        TestPortal.await(
            "it is written down",
            () -> !portal.audit.page("TLS_SESSION_NOT_RESUMED", 0, 10).isEmpty());
      }
    }
  }
}
