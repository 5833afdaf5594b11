package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slipway.settings.Settings;

/** Which address PASV tells whom, and active mode where it is off. */
class FtpNetworkSettingsTest {
  private static final InetAddress OWN = InetAddress.ofLiteral("10.0.0.5");
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "'', '', 203.0.113.9, 10.0.0.5, CONTROL_CONNECTION",
    "198.51.100.7, '', 203.0.113.9, 198.51.100.7, PUBLIC_ADDRESS",
    "198.51.100.7, 10.0.0.0/8=own, 203.0.113.9, 198.51.100.7, PUBLIC_ADDRESS",
    "198.51.100.7, 10.0.0.0/8=own, 10.9.9.9, 10.0.0.5, PUBLIC_ADDRESSES",
    "198.51.100.7, '10.0.0.0/8=own,10.9.0.0/16=192.0.2.4', 10.9.9.9, 192.0.2.4, PUBLIC_ADDRESSES",
    "2001:db8::7, '', 203.0.113.9, 10.0.0.5, CONTROL_CONNECTION"
  })
  void theNetworkOfTheClientComesFirst(
      String publicAddress, String table, String client, String told, String source) {
    Settings settings =
        new Settings(
            Map.of(
                    "slipway.ftp.public-address", publicAddress,
                    "slipway.ftp.public-addresses", table)
                ::get,
            name -> null);
    AnnouncedAddress announced =
        AnnouncedAddress.of(settings, OWN, InetAddress.ofLiteral(client)).orElseThrow();
    assertThat(announced.address()).isEqualTo((Inet4Address) InetAddress.ofLiteral(told));
    assertThat(announced.source()).hasToString(source);
    assertThat(AnnouncedAddress.of(settings, InetAddress.ofLiteral("::1"), OWN)).isEmpty();
  }

  @Test
  void pasvTellsItAndEpsvTellsNone() throws Exception {
    try (TestPortal portal =
        new TestPortal(
            folder,
            Map.of(
                "slipway.ftp.public-address", "198.51.100.7",
                "slipway.ftp.public-addresses", "127.0.0.0/8=192.0.2.1, 127.0.0.1/32=192.0.2.2"))) {
      portal.account("ann");
      try (RawClient client = RawClient.loggedIn(portal, "ann")) {
        assertThat(client.command("PASV"))
            .startsWith("227 Entering Passive Mode (192,0,2,2,")
            .endsWith(").");
        assertThat(client.command("EPSV")).matches("229 Entering.*\\(\\|\\|\\|\\d+\\|\\)");
      }
    }
  }

  @Test
  void activeModeThatIsOffIsSaidAndNotOffered() throws Exception {
    try (TestPortal portal = new TestPortal(folder, Map.of("slipway.ftp.active", "false"))) {
      portal.file(portal.account("ann"), "f", new byte[] {1, 2, 3});
      try (RawClient client = RawClient.loggedIn(portal, "ann")) {
        String answer = "502 Active mode is off here; use PASV or EPSV.";
        assertThat(client.command("PORT 127,0,0,1,200,10")).isEqualTo(answer);
        assertThat(client.command("EPRT |1|127.0.0.1|51210|")).isEqualTo(answer);
        assertThat(client.command("EPRT nonsense")).isEqualTo(answer);
        assertThat(client.command("RETR f")).as("no port was kept").startsWith("425 ");
        assertThat(client.command("FEAT")).contains(" EPSV").doesNotContain("EPRT");
        assertThat(client.fetch("RETR f")).containsExactly(1, 2, 3);
      }
    }
    try (TestPortal portal = new TestPortal(folder)) {
      try (RawClient client = RawClient.loggedIn(portal, "ann")) {
        assertThat(client.command("FEAT")).contains(" EPRT");
      }
    }
  }
}
