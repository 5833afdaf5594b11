package org.slipway.ftp;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.accounts.InvalidInputException;
import org.slipway.certificates.ServerCertificate;
import org.slipway.ftp.FtpFinding.Grade;
import org.slipway.ftp.FtpFinding.Kind;
import org.slipway.portal.FreePorts;

/** What the self-check finds, and that it finds no more. */
class FtpSelfCheckTest {
  private static final String OUTSIDE = "203.0.113.9";
  @TempDir Path folder;

  private TestPortal portal(String... settings) {
    Map<String, String> chosen = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      chosen.put(settings[i], settings[i + 1]);
    }
    return new TestPortal(folder, chosen);
  }

  private static FtpSelfCheck.Result check(TestPortal portal, String client) {
    return new FtpSelfCheck(
            portal.listener,
            new ServerCertificate(
                portal.listener.services().settings(), portal.audit, Clock.systemUTC()))
        .check(InetAddress.ofLiteral(client));
  }

  private static List<Kind> kinds(FtpSelfCheck.Result result) {
    return result.findings().stream().map(FtpFinding::kind).toList();
  }

  private static FtpFinding found(FtpSelfCheck.Result result, Kind kind) {
    return result.findings().stream()
        .filter(f -> f.kind() == kind)
        .findFirst()
        .orElseThrow(() -> new AssertionError(kind + " is not among " + result));
  }

  @Test
  void aClientOfThisMachineFindsNothingInTheWay() {
    int implicit = FreePorts.next();
    int first = FreePorts.range(100);
    String range = first + "-" + (first + 99);
    try (TestPortal portal =
        portal(
            "slipway.ftp.tls.implicit-port",
            String.valueOf(implicit),
            "slipway.ftp.passive-ports",
            range,
            "slipway.ftp.max-sessions",
            "100")) {
      FtpSelfCheck.Result result = check(portal, "127.0.0.1");
      assertThat(kinds(result))
          .containsExactly(
              Kind.LISTENING,
              Kind.UNPRIVILEGED_PORT,
              Kind.IMPLICIT_TLS_ON,
              Kind.PASV_OWN,
              Kind.EPSV,
              Kind.PORTS_FREE,
              Kind.TLS_SELF_SIGNED,
              Kind.ACTIVE_ON,
              Kind.LOOPBACK_WORKS);
      assertThat(result.grade()).isEqualTo(Grade.NOTE);
      assertThat(result.pasvAddress()).contains(InetAddress.ofLiteral("127.0.0.1"));
      assertThat(result.pasvDecidedBy()).isEmpty();
      assertThat(found(result, Kind.IMPLICIT_TLS_ON).text()).contains("port " + implicit);
      assertThat(found(result, Kind.PORTS_FREE).values()).containsExactly(range, "100", "0");
      assertThat(found(result, Kind.LOOPBACK_WORKS).text())
          .containsPattern(
              IntStream.rangeClosed(first, first + 99)
                  .mapToObj(String::valueOf)
                  .collect(joining("|", "passive port (", "), within \\d+ ms")));
      assertThat(portal.listener.sessionCount()).isZero();
      assertThat(portal.audit.page("SIGNED_IN", 0, 10)).isEmpty();
    }
  }

  @Test
  void portsOfOthersAreToldFromThoseOfSessions() throws Exception {
    int first = FreePorts.range(3);
    String range = first + "-" + (first + 2);
    try (TestPortal portal = portal("slipway.ftp.passive-ports", range)) {
      portal.account("ann");
      try (ServerSocket foreign =
              new ServerSocket(first + 1, 1, InetAddress.ofLiteral("127.0.0.1"));
          RawClient client = RawClient.loggedIn(portal, "ann")) {
        assertThat(client.command("EPSV")).startsWith("229 ");
        FtpFinding ports = found(check(portal, "127.0.0.1"), Kind.PORTS_TAKEN);
        assertThat(ports.values()).containsExactly(range, "3", "1", "" + foreign.getLocalPort());
        assertThat(ports.kind().grade()).isEqualTo(Grade.WARNING);
      }
      TestPortal.await(
          "all are free again",
          () ->
              check(portal, "127.0.0.1").findings().stream()
                  .anyMatch(f -> f.kind() == Kind.PORTS_FREE && f.values().getLast().equals("0")));
    }
  }

  @Test
  void aRangeThatOthersHaveWholeIsAFailure() throws Exception {
    int only = FreePorts.next();
    try (TestPortal portal = portal("slipway.ftp.passive-ports", only + "-" + only);
        ServerSocket foreign = new ServerSocket(only, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      FtpSelfCheck.Result result = check(portal, "127.0.0.1");
      assertThat(kinds(result)).contains(Kind.PORTS_ALL_TAKEN, Kind.LOOPBACK_NO_DATA);
      assertThat(result.grade()).isEqualTo(Grade.FAILED);
      assertThat(found(result, Kind.PORTS_ALL_TAKEN).text()).contains(foreign.getLocalPort() + "-");
    }
  }

  @Test
  void ofALargeRangeSomePortsAreTried() {
    try (TestPortal portal = portal("slipway.ftp.passive-ports", "20000-29999")) {
      // Sessions of other tests may have some of them.
      assertThat(check(portal, "127.0.0.1").findings())
          .filteredOn(f -> f.kind() == Kind.PORTS_FREE || f.kind() == Kind.PORTS_TAKEN)
          .anySatisfy(f -> assertThat(f.values().get(1)).isEqualTo("2000"));
    }
  }

  @Test
  void fewerPortsThanSessionsAreTold() {
    try (TestPortal portal =
        portal("slipway.ftp.passive-ports", "20000-20004", "slipway.ftp.max-sessions", "6")) {
      assertThat(found(check(portal, "127.0.0.1"), Kind.PORTS_FEW).values())
          .containsExactly("5", "6");
    }
  }

  @Test
  void anAddressThatLeadsTheClientToItselfIsAFailure() {
    try (TestPortal portal = portal()) {
      FtpSelfCheck.Result result = check(portal, OUTSIDE);
      assertThat(kinds(result)).contains(Kind.PASV_OWN, Kind.TOLD_LOOPBACK);
      assertThat(result.grade()).isEqualTo(Grade.FAILED);
    }
  }

  @Test
  void aPublicAddressOfTheNatMustBeForwarded() {
    try (TestPortal portal = portal("slipway.ftp.public-address", "198.51.100.7")) {
      FtpSelfCheck.Result result = check(portal, OUTSIDE);
      assertThat(result.pasvAddress()).contains(InetAddress.ofLiteral("198.51.100.7"));
      assertThat(result.pasvDecidedBy()).contains("slipway.ftp.public-address");
      assertThat(kinds(result))
          .contains(Kind.PASV_PUBLIC_ADDRESS, Kind.TOLD_ELSEWHERE)
          .doesNotContain(Kind.TOLD_LOOPBACK, Kind.TOLD_PRIVATE, Kind.TOLD_OUTSIDE);
      assertThat(found(result, Kind.TOLD_ELSEWHERE).text())
          .contains("198.51.100.7", String.valueOf(portal.address.getPort()), "20000-29999");
      assertThat(kinds(check(portal, "10.1.1.1"))).contains(Kind.TOLD_OUTSIDE);
    }
  }

  @Test
  void aPrivateAddressIsNothingForAClientOutside() {
    try (TestPortal portal =
        portal("slipway.ftp.public-addresses", "0.0.0.0/0=192.168.7.7,10.0.0.0/8=own")) {
      FtpSelfCheck.Result result = check(portal, OUTSIDE);
      assertThat(result.pasvDecidedBy()).contains("slipway.ftp.public-addresses");
      assertThat(kinds(result)).contains(Kind.TOLD_PRIVATE, Kind.TOLD_ELSEWHERE);
      assertThat(found(result, Kind.PASV_PUBLIC_ADDRESSES).text())
          .contains("0.0.0.0/0=192.168.7.7");
      assertThat(found(check(portal, "10.1.1.1"), Kind.PASV_PUBLIC_ADDRESSES).values())
          .containsExactly("127.0.0.1", "10.0.0.0/8=own");
    }
  }

  @Test
  void clientsOfIpv6UseEpsv() {
    try (TestPortal portal = portal()) {
      FtpSelfCheck.Result result = check(portal, "2001:db8::1");
      assertThat(kinds(result))
          .contains(Kind.PASV_NOT_FOR_IPV6, Kind.OTHER_FAMILY, Kind.EPSV)
          .doesNotContain(Kind.PASV_OWN);
      assertThat(result.pasvAddress()).isEmpty();
    }
    try (TestPortal portal = portal("slipway.bind.address", "::1")) {
      assertThat(kinds(check(portal, "::1")))
          .contains(Kind.PASV_NOT_FOR_IPV6, Kind.LOOPBACK_WORKS)
          .doesNotContain(Kind.OTHER_FAMILY);
    }
  }

  @Test
  void onAllAddressesItIsThatByWhichTheClientIsReached() {
    try (TestPortal portal = portal("slipway.bind.address", "")) {
      FtpSelfCheck.Result result = check(portal, "127.0.0.9");
      assertThat(kinds(result)).contains(Kind.LISTENING_EVERYWHERE, Kind.LOOPBACK_WORKS);
      assertThat(result.pasvAddress().orElseThrow().isLoopbackAddress()).isTrue();
      assertThat(kinds(result)).doesNotContain(Kind.TOLD_LOOPBACK);
    }
  }

  @Test
  void whatIsOffIsTold() {
    try (TestPortal portal = portal("slipway.ftp.tls", "off", "slipway.ftp.active", "false")) {
      FtpSelfCheck.Result result = check(portal, "127.0.0.1");
      assertThat(kinds(result))
          .contains(Kind.TLS_OFF, Kind.ACTIVE_OFF, Kind.IMPLICIT_TLS_OFF, Kind.LOOPBACK_WORKS);
      assertThat(result.grade()).isEqualTo(Grade.WARNING);
    }
  }

  @Test
  void aListenerThatTakesNobodyElseIsAFailure() throws Exception {
    try (TestPortal portal = portal("slipway.ftp.max-sessions", "1");
        RawClient only = new RawClient(portal.address)) {
      assertThat(only.command("NOOP")).startsWith("200 ");
      assertThat(kinds(check(portal, "127.0.0.1"))).contains(Kind.LOOPBACK_NO_GREETING);
      portal.listener.stop();
      assertThat(kinds(check(portal, "127.0.0.1"))).containsExactly(Kind.NOT_LISTENING);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost", "0.0.0.0", "::", "224.0.0.1", "10.0.0.0/8", "1.2.3", "<script>"})
  void whatIsNoClientIsRefused(String text) {
    assertThatThrownBy(() -> FtpSelfCheck.clientAddress("address", text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("address");
  }

  @Test
  void everySentenceNamesAllItsValues() {
    assertThat(Arrays.stream(Kind.values()).map(Kind::english))
        .allSatisfy(text -> assertThat(text).endsWith(".").doesNotContain("'"));
  }
}
