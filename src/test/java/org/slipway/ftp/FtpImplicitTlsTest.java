package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.accounts.Account;
import org.slipway.listeners.ListenerStatus;
import org.slipway.listeners.ListenerSupervisor;
import org.slipway.portal.FreePorts;

/** A port where connections begin with TLS ({@code ftps://}). */
class FtpImplicitTlsTest {
  private static final byte[] CONTENT = new byte[300_000];

  static {
    new Random(8).nextBytes(CONTENT);
  }

  @TempDir Path folder;
  private final SSLContext context = TrustsAnybody.context();
  private InetSocketAddress implicit;

  private TestPortal portal(String... settings) {
    implicit = new InetSocketAddress("127.0.0.1", FreePorts.next());
    Map<String, String> chosen = new HashMap<>();
    chosen.put("slipway.ftp.tls.implicit-port", String.valueOf(implicit.getPort()));
    for (int i = 0; i < settings.length; i += 2) {
      chosen.put(settings[i], settings[i + 1]);
    }
    return new TestPortal(folder.resolve("data"), chosen);
  }

  private RawClient loggedIn(String... versions) throws IOException {
    RawClient client = RawClient.byImplicitTls(implicit, context, versions);
    assertThat(client.command("USER ann")).startsWith("331 ");
    assertThat(client.command("PASS " + TestPortal.PASSWORD)).startsWith("230 ");
    assertThat(client.command("TYPE I")).startsWith("200 ");
    return client;
  }

  /** [MS-FTPS] section 3.2.5: PBSZ 0 and PROT P count as sent. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void dataIsProtectedFromTheBeginning(String version) throws Exception {
    try (TestPortal portal = portal("slipway.ftp.tls", "required")) {
      Account ann = portal.account("ann");
      try (RawClient client = loggedIn(version)) {
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
        try (ProtectedData foreign = client.protectedData("RETR f0", TrustsAnybody.context())) {
          assertThat(foreign.readAll()).isEmpty();
        } catch (IOException brokenOff) {
          // which is as good
        }
        assertThat(client.reply()).startsWith("522 ");
      }
      assertThat(portal.home(ann).resolve("f2")).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void aSessionThereIsAsAfterAuthTls() throws Exception {
    try (TestPortal portal = portal()) {
      Account ann = portal.account("ann");
      portal.file(ann, "f", CONTENT);
      try (RawClient client = loggedIn()) {
        assertThat(client.command("AUTH TLS")).startsWith("503 ");
        assertThat(client.command("CCC")).startsWith("534 ");
        assertThat(client.command("PROT C")).startsWith("200 ");
        assertThat(client.fetch("RETR f")).isEqualTo(CONTENT);
        assertThat(client.command("REIN")).startsWith("220 ");
        assertThat(client.command("USER ann")).startsWith("331 ");
        assertThat(client.command("PASS " + TestPortal.PASSWORD)).startsWith("230 ");
        assertThat(client.command("TYPE I")).startsWith("200 ");
        try (ProtectedData data = client.protectedData("RETR f", context)) {
          assertThat(data.readAll()).isEqualTo(CONTENT);
        }
        assertThat(client.reply()).startsWith("226 ");
        assertThat(client.command("PBSZ 0")).startsWith("200 ");
        assertThat(client.command("PROT P")).startsWith("200 ");
      }
      try (RawClient plain = RawClient.loggedIn(portal, "ann")) {
        assertThat(plain.fetch("RETR f")).as("the other port is as it was").isEqualTo(CONTENT);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"USER ann\r\nPASS x\r\n", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"})
  void whoSpeaksInTheClearIsCutOffAtOnce(String spoken) throws Exception {
    implicit = new InetSocketAddress("127.0.0.1", FreePorts.next());
    Duration longest = Duration.ofMinutes(1);
    try (TestPortal portal =
            new TestPortal(
                folder.resolve("data"),
                Map.of("slipway.ftp.tls.implicit-port", String.valueOf(implicit.getPort())),
                new TestPortal.Patience(longest, longest));
        Socket socket = new Socket(implicit.getAddress(), implicit.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(spoken.getBytes(StandardCharsets.US_ASCII));
      assertThat(heard(socket)).doesNotContain("220", "331", "530", "ann", "GET");
      TestPortal.await("nothing is held", () -> portal.listener.sessionCount() == 0);
    }
  }

  private static String heard(Socket socket) {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("The connection is still open", e);
    } catch (IOException reset) {
      return "";
    }
  }

  /** The portal of the tests gives a handshake two seconds. */
  @Test
  void whoSaysNothingIsCutOffInTime() throws Exception {
    try (TestPortal portal = portal("slipway.ftp.max-sessions-per-address", "150")) {
      portal.account("ann");
      List<Socket> silent = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        silent.add(new Socket(implicit.getAddress(), implicit.getPort()));
      }
      try (RawClient client = loggedIn()) {
        for (Socket socket : silent) {
          socket.setSoTimeout(30_000);
          assertThat(socket.getInputStream().read()).isEqualTo(-1);
          socket.close();
        }
        assertThat(client.command("NOOP")).startsWith("200 ");
      }
      TestPortal.await("nothing is held", () -> portal.listener.sessionCount() == 0);
    }
  }

  @Test
  void bothPortsCountTogether() throws Exception {
    try (TestPortal portal = portal("slipway.ftp.max-sessions-per-address", "2")) {
      portal.account("ann");
      try (RawClient one = loggedIn();
          RawClient other = new RawClient(portal.address)) {
        try (Socket third = new Socket(portal.address.getAddress(), portal.address.getPort())) {
          assertThat(heard(third)).startsWith("421 ").contains("from your address");
        }
        try (Socket third = new Socket(implicit.getAddress(), implicit.getPort())) {
          assertThat(heard(third)).isEmpty();
        }
        assertThat(other.command("QUIT")).startsWith("221 ");
        TestPortal.await("a place is free", () -> portal.listener.sessionCount() == 1);
        loggedIn().close();
        assertThat(one.command("NOOP")).startsWith("200 ");
      }
    }
  }

  @Test
  void bothPortsStopAndStart() throws Exception {
    try (TestPortal portal = portal()) {
      portal.account("ann");
      ListenerSupervisor supervisor =
          new ListenerSupervisor(List.of(portal.listener), portal.threads, Clock.systemUTC());
      portal.listener.stop();
      for (int i = 0; i < 3; i++) {
        ListenerStatus status = supervisor.start("ftp");
        assertThat(status.state()).isEqualTo(ListenerStatus.State.LISTENING);
        assertThat(status.address().orElseThrow().getPort()).isEqualTo(portal.address.getPort());
        assertThat(status.implicitTlsPort()).contains(implicit.getPort());
        try (RawClient client = loggedIn()) {
          assertThat(supervisor.stop("ftp").state()).isEqualTo(ListenerStatus.State.STOPPED);
          assertThat(client.reply()).startsWith("421 ");
        }
        assertFree(portal.address.getPort());
        assertFree(implicit.getPort());
      }
    }
  }

  private static void assertFree(int port) throws IOException {
    new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1")).close();
  }

  @Test
  void aTakenPortIsNamedWithItsSettingAndTheOtherIsLetGo() throws Exception {
    try (TestPortal portal = portal()) {
      portal.account("ann");
      portal.listener.stop();
      ListenerSupervisor supervisor =
          new ListenerSupervisor(List.of(portal.listener), portal.threads, Clock.systemUTC());
      try (ServerSocket taken =
          new ServerSocket(implicit.getPort(), 1, InetAddress.ofLiteral("127.0.0.1"))) {
        ListenerStatus failed = supervisor.start("ftp");
        assertThat(failed.state()).isEqualTo(ListenerStatus.State.FAILED);
        assertThat(failed.error().orElseThrow())
            .isEqualTo(
                "ftp cannot use port %d: another program has it. End that program, or set slipway.ftp.tls.implicit-port to another port."
                    .formatted(taken.getLocalPort()));
        assertFree(portal.address.getPort());
      }
      assertThat(supervisor.start("ftp").state()).isEqualTo(ListenerStatus.State.LISTENING);
      loggedIn().close();
    }
  }

  @Test
  void nobodyListensUnlessAPortIsSet() throws Exception {
    try (TestPortal portal = new TestPortal(folder.resolve("data"))) {
      assertThat(portal.listener.implicitTlsPort()).isEmpty();
    }
  }
}
