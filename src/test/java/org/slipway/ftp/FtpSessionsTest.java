package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.AccountStatus;
import org.slipway.accounts.OnConflict;
import org.slipway.audit.Who;

/** Who gets a session, and when it ends. */
class FtpSessionsTest {
  @TempDir Path folder;

  @Test
  void wrongNameAndWrongPasswordReadTheSame() throws Exception {
    try (TestPortal portal = new TestPortal(folder);
        RawClient client = new RawClient(portal.address)) {
      portal.account("ann");
      String known = client.command("USER ann");
      String wrongPassword = client.command("PASS wrong");
      assertThat(client.command("USER nobody")).isEqualTo(known);
      assertThat(client.command("PASS wrong")).isEqualTo(wrongPassword).startsWith("530 ");
      assertThat(client.command("PASS " + TestPortal.PASSWORD)).startsWith("503 ");
      assertThat(client.command("USER ann")).startsWith("331 ");
      assertThat(client.command("PASS " + TestPortal.PASSWORD)).startsWith("230 ");
    }
  }

  @Test
  void thirdRefusedLoginEndsTheSession() throws Exception {
    try (TestPortal portal = new TestPortal(folder);
        RawClient client = new RawClient(portal.address)) {
      for (int i = 0; i < 3; i++) {
        client.command("USER nobody");
        assertThat(client.command("PASS wrong")).startsWith("530 ");
      }
      assertThat(client.reply()).isEmpty();
    }
  }

  @Test
  void nothingButLoggingInIsPossibleBeforeTheLogin() throws Exception {
    try (TestPortal portal = new TestPortal(folder);
        RawClient client = new RawClient(portal.address)) {
      for (FtpVerb verb : FtpVerb.values()) {
        String expected =
            switch (verb) {
              case USER, PASS, REIN, HOST, CLNT, LANG, HELP, FEAT, SYST, NOOP, OPTS, QUIT -> null;
              case AUTH -> "504 ";
              case PBSZ, PROT -> "503 ";
              case CCC -> "501 ";
              default -> "530 ";
            };
        if (expected != null) {
          assertThat(client.command(verb.name() + " x")).as(verb.name()).startsWith(expected);
        }
      }
      for (String line : List.of("HELP", "FEAT", "SYST", "NOOP", "OPTS UTF8 ON")) {
        assertThat(client.command(line)).as(line).startsWith("2");
      }
      assertThat(client.command("OPTS MLST size;")).startsWith("530 ");
      assertThat(client.command("PASS x")).startsWith("503 ");
      assertThat(client.command("QUIT")).startsWith("221 ");
    }
  }

  @Test
  void waitingAndSuspendedAccountsAreToldWithTheRightPasswordOnly() throws Exception {
    try (TestPortal portal = new TestPortal(folder);
        RawClient client = new RawClient(portal.address)) {
      portal.account("wait", e -> e.status(AccountStatus.PENDING, Optional.empty()));
      client.command("USER wait");
      assertThat(client.command("PASS wrong")).isEqualTo("530 Login incorrect.");
      client.command("USER wait");
      assertThat(client.command("PASS " + TestPortal.PASSWORD))
          .isEqualTo("530 The account waits for an administrator's approval");
    }
  }

  @Test
  void suspensionEndsAnIdleSessionWithinASecond() throws Exception {
    try (TestPortal portal = new TestPortal(folder)) {
      portal.account("ann");
      try (RawClient client = RawClient.loggedIn(portal, "ann")) {
        long before = System.nanoTime();
        portal.accounts.setStatus("ann", AccountStatus.SUSPENDED, Optional.of("x"), Who.SYSTEM);
        assertThat(client.reply()).startsWith("421 ");
        assertThat(client.reply()).isEmpty();
        assertThat(System.nanoTime() - before).isLessThan(1_000_000_000L);
      }
      TestPortal.await("no session", () -> portal.listener.sessionCount() == 0);
    }
  }

  @Test
  void idleSessionsEndAndMovingDataKeepsThemAlive() throws Exception {
    try (TestPortal portal = new TestPortal(folder, Map.of("slipway.ftp.idle", "4s"))) {
      portal.account("ann");
      try (RawClient idle = new RawClient(portal.address);
          RawClient busy = RawClient.loggedIn(portal, "ann");
          Socket data = busy.data()) {
        busy.command("STOR f");
        long end = System.nanoTime() + 6_000_000_000L;
        while (System.nanoTime() < end) {
          data.getOutputStream().write('x');
          Thread.onSpinWait();
        }
        data.close();
        assertThat(busy.reply()).startsWith("226 ");
        assertThat(idle.reply()).startsWith("421 Idle ");
        assertThat(busy.reply()).startsWith("421 Idle ");
        assertThat(busy.reply()).isEmpty();
      }
    }
  }

  @Test
  void tooManyConnectionsAreTurnedAway() throws Exception {
    Map<String, String> limits =
        Map.of("slipway.ftp.max-sessions", "3", "slipway.ftp.max-sessions-per-address", "2");
    try (TestPortal portal = new TestPortal(folder, limits)) {
      List<RawClient> open = new ArrayList<>();
      open.add(new RawClient(portal.address));
      open.add(new RawClient(portal.address));
      try (Socket third = new Socket(portal.address.getAddress(), portal.address.getPort())) {
        assertThat(new String(third.getInputStream().readAllBytes())).startsWith("421 ");
      }
      open.removeFirst().close();
      TestPortal.await("a free place", () -> portal.listener.sessionCount() == 1);
      open.add(new RawClient(portal.address));
      for (RawClient client : open) {
        client.close();
      }
    }
  }

  @Test
  void sessionsOfAnAccountAreCountedExactly() throws Exception {
    try (TestPortal portal = new TestPortal(folder)) {
      portal.account("ann", e -> e.use(Optional.of(1), OnConflict.OVERWRITE, Optional.empty()));
      RawClient first = RawClient.loggedIn(portal, "ann");
      try (RawClient second = new RawClient(portal.address)) {
        second.command("USER ann");
        assertThat(second.command("PASS " + TestPortal.PASSWORD)).startsWith("421 ");
        assertThat(second.reply()).isEmpty();
      }
      first.command("QUIT");
      first.close();
      TestPortal.await("no session", () -> portal.listener.sessionCount() == 0);
      RawClient.loggedIn(portal, "ann").close();
    }
  }

  @Test
  void stopEndsSessionsAndFreesThePort() throws Exception {
    try (TestPortal portal = new TestPortal(folder);
        RawClient client = new RawClient(portal.address)) {
      portal.listener.stop();
      assertThat(client.reply()).isEqualTo("421 The server is stopping.");
      assertThat(portal.listener.bind()).isEqualTo(portal.address);
    }
  }

  @Test
  void whoSendsNothingButUnknownCommandsIsCutOff() throws Exception {
    try (TestPortal portal = new TestPortal(folder);
        RawClient client = new RawClient(portal.address)) {
      for (int i = 0; i < 10; i++) {
        assertThat(client.command("NONSENSE")).startsWith("500 ");
      }
      client.send("NONSENSE");
      assertThat(client.reply()).isEmpty();
    }
  }

  @Test
  void otherProtocolsAreCutOffAtTheirFirstLine() throws Exception {
    try (TestPortal portal = new TestPortal(folder);
        RawClient client = new RawClient(portal.address)) {
      client.send("GET / HTTP/1.1\r\nHost: <script>\r\nUSER ann");
      assertThat(client.reply()).isEmpty();
    }
  }
}
