package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.accounts.Account;

/** FTP over TLS (RFC 4217): both connections protected, and nobody else's data connection taken. */
class FtpTlsTest {
  private static final byte[] CONTENT = new byte[3_000_000];

  static {
    new Random(7).nextBytes(CONTENT);
  }

  @TempDir Path folder;

  private TestPortal portal(String... settings) {
    Map<String, String> chosen = new java.util.HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      chosen.put(settings[i], settings[i + 1]);
    }
    return new TestPortal(folder.resolve("data"), chosen);
  }

  static RawClient secured(TestPortal portal, SSLContext context, String... versions)
      throws IOException {
    RawClient client = new RawClient(portal.address);
    assertThat(client.command("AUTH TLS")).startsWith("234 ");
    client.secure(context, versions);
    return client;
  }

  static RawClient loggedIn(TestPortal portal, SSLContext context, String... versions)
      throws IOException {
    RawClient client = secured(portal, context, versions);
    assertThat(client.command("USER ann")).startsWith("331 ");
    assertThat(client.command("PASS " + TestPortal.PASSWORD)).startsWith("230 ");
    assertThat(client.command("PBSZ 0")).isEqualTo("200 PBSZ=0");
    assertThat(client.command("PROT P")).startsWith("200 ");
    assertThat(client.command("TYPE I")).startsWith("200 ");
    return client;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void filesAndListingsGoBothWaysProtected(String version) throws Exception {
    try (TestPortal portal = portal()) {
      Account ann = portal.account("ann");
      SSLContext context = TrustsAnybody.context();
      try (RawClient client = loggedIn(portal, context, version)) {
        for (int i = 0; i < 3; i++) {
          try (ProtectedData data = client.protectedData("STOR f" + i, context)) {
            data.write(CONTENT);
          }
          assertThat(client.reply()).startsWith("226 ");
          try (ProtectedData data = client.protectedData("RETR f" + i, context)) {
            assertThat(data.tls().session().getProtocol()).isEqualTo(version);
            assertThat(data.readAll()).isEqualTo(CONTENT);
          }
          assertThat(client.reply()).startsWith("226 ");
        }
        try (ProtectedData data = client.protectedData("NLST", context)) {
          assertThat(new String(data.readAll()).lines()).hasSize(3);
        }
        assertThat(client.reply()).startsWith("226 ");
      }
      assertThat(portal.home(ann).resolve("f2")).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void aDataConnectionWithoutTheSessionOfTheControlConnectionGetsNothing() throws Exception {
    try (TestPortal portal = portal()) {
      Account ann = portal.account("ann");
      portal.file(ann, "secret", CONTENT);
      SSLContext context = TrustsAnybody.context();
      try (RawClient client = loggedIn(portal, context)) {
        assertThat(taken(client.protectedData("RETR secret", TrustsAnybody.context()))).isZero();
        assertThat(client.reply()).startsWith("522 ").contains("slipway.ftp.tls.data-session");
        SSLContext thief = TrustsAnybody.context();
        try (RawClient other = loggedIn(portal, thief)) {
          assertThat(taken(client.protectedData("RETR secret", thief))).isZero();
          assertThat(client.reply()).startsWith("522 ");
          assertThat(other.command("NOOP")).startsWith("200 ");
        }
        try (ProtectedData data = client.protectedData("STOR forged", TrustsAnybody.context())) {
          data.write(CONTENT);
        } catch (IOException e) {
          // The server breaks it off.
        }
        assertThat(client.reply()).startsWith("522 ");
        try (ProtectedData own = client.protectedData("RETR secret", context)) {
          assertThat(own.readAll()).isEqualTo(CONTENT);
        }
        assertThat(client.reply()).startsWith("226 ");
      }
      assertThat(portal.home(ann).resolve("forged")).doesNotExist();
      TestPortal.await(
          "it is in the audit trail",
          () ->
              portal.audit.page("TLS_SESSION_NOT_RESUMED", 0, 10).stream()
                  .anyMatch(e -> e.actor().equals("ann")));
    }
  }

  private static int taken(ProtectedData data) {
    try (data) {
      return data.readAll().length;
    } catch (IOException brokenOff) {
      return 0;
    }
  }

  @Test
  void warnServesClientsThatNeverResumeAndTellsTheAdministrator() throws Exception {
    try (TestPortal portal = portal("slipway.ftp.tls.data-session", "warn")) {
      Account ann = portal.account("ann");
      portal.file(ann, "f", CONTENT);
      try (RawClient client = loggedIn(portal, TrustsAnybody.context())) {
        try (ProtectedData data = client.protectedData("RETR f", TrustsAnybody.context())) {
          assertThat(data.readAll()).isEqualTo(CONTENT);
        }
        assertThat(client.reply()).startsWith("226 ");
      }
      TestPortal.await(
          "it is in the audit trail",
          () -> !portal.audit.page("TLS_SESSION_NOT_RESUMED", 0, 10).isEmpty());
    }
  }

  /** By a FIN in the middle of the stream and by a reset: neither is a close_notify. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anUploadThatIsCutNeverBecomesAFile(boolean reset) throws Exception {
    try (TestPortal portal = portal()) {
      Account ann = portal.account("ann");
      SSLContext context = TrustsAnybody.context();
      try (RawClient client = secured(portal, context)) {
        client.command("USER ann");
        client.command("PASS " + TestPortal.PASSWORD);
        client.command("PBSZ 0");
        client.command("PROT P");
        try (Socket plain = client.data()) {
          assertThat(client.command("STOR cut")).startsWith("150 ");
          ProtectedData data = client.protectedOver(plain, context);
          data.write(CONTENT);
          if (reset) {
            RawClient.reset(plain);
          } else {
            plain.shutdownOutput();
          }
          // A reset may also take away the end of the handshake, if the server has not read it yet.
          assertThat(client.reply()).matches(reset ? "42[56] .*" : "426 .*");
        }
      }
      assertThat(portal.home(ann).resolve("cut")).doesNotExist();
      assertThat(portal.usedBytes(ann.id())).isZero();
      assertThat(portal.staged()).isZero();
    }
  }

  /** RFC 4217 section 4: what came in the clear before the handshake counts for nothing. */
  @Test
  void nothingThatIsBufferedSurvivesAuth() throws Exception {
    try (TestPortal portal = portal()) {
      portal.account("ann");
      try (RawClient client = new RawClient(portal.address)) {
        client.send("AUTH TLS\r\nUSER injected\r\nPASS injected");
        assertThat(client.reply()).startsWith("234 ");
        try {
          client.secure(TrustsAnybody.context());
        } catch (IOException taken) {
          // The injected bytes are no handshake: the connection ends, which is as good.
          return;
        }
        assertThat(client.command("NOOP")).startsWith("200 ");
        assertThat(client.command("PASS x")).startsWith("503 ");
      }
    }
  }

  @Test
  void otherProtocolsAreCutOff() throws Exception {
    try (TestPortal portal = portal()) {
      SSLContext context = TrustsAnybody.context();
      try (RawClient client = new RawClient(portal.address)) {
        client.command("AUTH TLS");
        SSLSocket tls =
            (SSLSocket)
                context
                    .getSocketFactory()
                    .createSocket(client.socket, "localhost", portal.address.getPort(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        tls.setSSLParameters(parameters);
        assertThatThrownBy(tls::startHandshake)
            .isInstanceOf(SSLHandshakeException.class)
            .hasMessageContaining("no_application_protocol");
      }
      try (RawClient client = secured(portal, context)) {
        client.send("GET /<script> HTTP/1.1\r\nHost: x");
        assertThat(client.reply()).isEmpty();
      }
    }
  }

  @Test
  void whereTlsIsRequiredNothingGoesInTheClear() throws Exception {
    try (TestPortal portal = portal("slipway.ftp.tls", "required")) {
      portal.account("ann");
      try (RawClient client = new RawClient(portal.address)) {
        assertThat(client.command("USER ann")).startsWith("530 ").contains("AUTH TLS");
        assertThat(client.command("PASS " + TestPortal.PASSWORD)).startsWith("503 ");
      }
      SSLContext context = TrustsAnybody.context();
      try (RawClient client = secured(portal, context)) {
        client.command("USER ann");
        assertThat(client.command("PASS " + TestPortal.PASSWORD)).startsWith("230 ");
        client.command("EPSV");
        assertThat(client.command("LIST")).startsWith("521 ");
        assertThat(client.command("PROT C")).startsWith("503 ");
        client.command("PBSZ 0");
        assertThat(client.command("PROT C")).startsWith("534 ");
        assertThat(client.command("PROT P")).startsWith("200 ");
        try (ProtectedData data = client.protectedData("LIST", context)) {
          assertThat(data.readAll()).isEmpty();
        }
        assertThat(client.reply()).startsWith("226 ");
      }
    }
  }

  @Test
  void badSequencesAndLevelsAreNamed() throws Exception {
    try (TestPortal portal = portal()) {
      portal.account("ann");
      try (RawClient client = new RawClient(portal.address)) {
        assertThat(client.command("FEAT")).contains(" AUTH TLS", " PBSZ", " PROT");
        assertThat(client.command("PBSZ 0")).startsWith("503 ");
        assertThat(client.command("PROT P")).startsWith("503 ");
        assertThat(client.command("CCC")).startsWith("533 ");
        assertThat(client.command("AUTH KERBEROS_V4")).startsWith("504 ");
        assertThat(client.command("AUTH tls")).startsWith("234 ");
        client.secure(TrustsAnybody.context());
        assertThat(client.command("AUTH TLS")).startsWith("503 ");
        assertThat(client.command("PROT P")).startsWith("503 ");
        assertThat(client.command("PBSZ x")).startsWith("501 ");
        assertThat(client.command("PBSZ 0")).startsWith("200 ");
        assertThat(client.command("PROT S")).startsWith("536 ");
        assertThat(client.command("PROT X")).startsWith("504 ");
        assertThat(client.command("PROT C")).startsWith("200 ");
        assertThat(client.command("CCC")).startsWith("534 ");
      }
    }
    try (TestPortal portal = portal("slipway.ftp.tls", "off");
        RawClient client = new RawClient(portal.address)) {
      assertThat(client.command("AUTH TLS")).startsWith("502 ");
      assertThat(client.command("FEAT")).doesNotContain("AUTH");
    }
  }

  /** The portal of the tests gives a handshake two seconds. */
  @Test
  void halfAHandshakeHoldsNothingForLong() throws Exception {
    try (TestPortal portal = portal("slipway.ftp.max-sessions-per-address", "300")) {
      portal.account("ann");
      List<RawClient> half = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        RawClient client = new RawClient(portal.address);
        assertThat(client.command("AUTH TLS")).startsWith("234 ");
        half.add(client);
      }
      SSLContext context = TrustsAnybody.context();
      try (RawClient client = loggedIn(portal, context)) {
        for (RawClient waiting : half) {
          assertThat(waiting.socket.getInputStream().read()).isEqualTo(-1);
          waiting.close();
        }
        assertThat(client.command("NOOP")).startsWith("200 ");
      }
      TestPortal.await("only what is in use is held", () -> portal.listener.sessionCount() == 0);
    }
  }

  @Test
  void aDataConnectionThatDoesNotShakeHandsIsGivenUp() throws Exception {
    try (TestPortal portal = portal()) {
      Account ann = portal.account("ann");
      portal.file(ann, "f", CONTENT);
      try (RawClient client = loggedIn(portal, TrustsAnybody.context());
          Socket silent = client.data()) {
        assertThat(client.command("RETR f")).startsWith("150 ");
        assertThat(client.reply()).startsWith("425 ");
        assertThat(client.command("NOOP")).startsWith("200 ");
      }
      assertThat(Files.exists(portal.home(ann).resolve("f"))).isTrue();
    }
  }
}
