package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;
import org.slipway.audit.Who;
import org.slipway.portal.AuthenticatorApp;

/** The digits of the second factor follow the password. */
class FtpSecondFactorTest {
  @TempDir Path folder;

  private static String logIn(TestPortal portal, String password) throws Exception {
    try (RawClient client = new RawClient(portal.address)) {
      assertThat(client.command("USER ann")).isEqualTo("331 Password required.");
      return client.command("PASS " + password);
    }
  }

  @Test
  void theCodeFollowsThePassword() throws Exception {
    try (TestPortal portal = new TestPortal(folder)) {
      Account ann = portal.account("ann");
      AuthenticatorApp app =
          new AuthenticatorApp(
              portal.secondFactorSetup.begin(ann, Who.SYSTEM).secret(), Clock.systemUTC());
      portal.secondFactorSetup.confirm(ann, app.code(), Who.SYSTEM);
      assertThat(logIn(portal, TestPortal.PASSWORD))
          .isEqualTo("530 Append the six digits of the second factor to the password");
      assertThat(logIn(portal, TestPortal.PASSWORD + app.wrongCode()))
          .isEqualTo("530 The code is wrong or was used before");
      assertThat(logIn(portal, "wrong" + app.code())).isEqualTo("530 Login incorrect.");
      String next = TestPortal.PASSWORD + app.code(Duration.ofSeconds(30));
      assertThat(logIn(portal, next)).startsWith("230 ");
      assertThat(logIn(portal, next)).startsWith("230 ");
    }
  }

  @Test
  void whoMustHaveOneIsToldWhereToSetItUp() throws Exception {
    try (TestPortal portal = new TestPortal(folder, Map.of("slipway.second-factor", "required"))) {
      portal.account("ann");
      assertThat(logIn(portal, TestPortal.PASSWORD))
          .isEqualTo("530 Set up the second factor on the console first");
      assertThat(logIn(portal, "wrong")).isEqualTo("530 Login incorrect.");
    }
  }
}
