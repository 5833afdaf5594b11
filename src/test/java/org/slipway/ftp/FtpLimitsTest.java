package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slipway.accounts.Account;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Refusal;

/** Limits of sessions are exact when many come at once, and every way out gives the place back. */
class FtpLimitsTest {
  private static final int MOST = 50;

  @TempDir static Path folder;
  @TempDir static Path small;
  private static TestPortal portal;
  private static TestPortal two;
  private static Account ann;

  @BeforeAll
  static void start() throws Exception {
    portal =
        new TestPortal(
            folder,
            Map.of(
                "slipway.ftp.max-sessions",
                Integer.toString(MOST),
                "slipway.ftp.max-sessions-per-address",
                "20"));
    two = new TestPortal(small, Map.of("slipway.ftp.max-sessions", "2"));
    ann = two.account("ann", e -> e.use(Optional.of(1), OnConflict.OVERWRITE, Optional.empty()));
    two.file(ann, "big", new byte[4 << 20]);
  }

  @AfterAll
  static void stop() {
    portal.close();
    two.close();
  }

  /** A connection and the first line that it got. */
  private record Arrival(Socket socket, String greeting) {
    boolean isServed() {
      return greeting.startsWith("220 ");
    }
  }

  private static Arrival arrive(String from) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(portal.address, 10_000);
    socket.setSoTimeout(60_000);
    return new Arrival(socket, line(socket));
  }

  private static String line(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = socket.getInputStream().read();
        b >= 0 && b != '\n';
        b = socket.getInputStream().read()) {
      line.append((char) b);
    }
    return line.toString();
  }

  /** Does everything at the same moment. */
  private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> task : tasks) {
        running.add(
            threads.submit(() -> {
              go.await();
              return task.call();
            }));
      }
      go.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> result : running) {
        results.add(result.get());
      }
      return results;
    }
  }

  private static List<Arrival> burst(int count, int addresses) throws Exception {
    List<Callable<Arrival>> arrivals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String from = "127.0.0." + (2 + i % addresses);
      arrivals.add(() -> arrive(from));
    }
    return atOnce(arrivals);
  }

  /** Half of them orderly, half by a reset. */
  private static void leave(List<Arrival> arrivals) throws Exception {
    for (int i = 0; i < arrivals.size(); i++) {
      if (i % 2 == 0) {
        RawClient.reset(arrivals.get(i).socket());
      } else {
        arrivals.get(i).socket().close();
      }
    }
    TestPortal.await("all are gone", () -> portal.listener.sessionCount() == 0);
  }

  @Test
  void aBurstGetsExactlyAsManySessionsAsTheServerMayHave() throws Exception {
    for (int round = 0; round < 2; round++) {
      List<Arrival> arrivals = burst(200, 10);
      assertThat(arrivals).filteredOn(Arrival::isServed).hasSize(MOST);
      assertThat(arrivals)
          .filteredOn(a -> !a.isServed())
          .allMatch(a -> a.greeting().startsWith("421 "));
      leave(arrivals);
    }
  }

  @Test
  void aBurstGetsExactlyAsManySessionsAsAnAddressMayHave() throws Exception {
    for (int round = 0; round < 2; round++) {
      List<Arrival> arrivals = burst(80, 2);
      for (String from : List.of("127.0.0.2", "127.0.0.3")) {
        assertThat(arrivals)
            .filteredOn(Arrival::isServed)
            .filteredOn(a -> a.socket().getLocalAddress().getHostAddress().equals(from))
            .hasSize(20);
      }
      leave(arrivals);
    }
  }

  @Test
  void aBurstOfLoginsGetsExactlyAsManySessionsAsTheAccountMayHave() throws Exception {
    portal.account("max", e -> e.use(Optional.of(5), OnConflict.OVERWRITE, Optional.empty()));
    for (int round = 0; round < 2; round++) {
      List<Arrival> arrivals = burst(40, 4);
      List<Callable<String>> logins = new ArrayList<>();
      for (Arrival arrival : arrivals) {
        logins.add(() -> login(arrival.socket()));
      }
      List<String> replies = atOnce(logins);
      assertThat(replies).filteredOn(r -> r.startsWith("230 ")).hasSize(5);
      assertThat(replies).filteredOn(r -> r.startsWith("421 ")).hasSize(35);
      leave(arrivals);
    }
  }

  private static String login(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write(
            ("USER max\r\nPASS " + TestPortal.PASSWORD + "\r\n").getBytes(StandardCharsets.UTF_8));
    return line(socket).startsWith("331 ") ? line(socket) : "no 331";
  }

  /** How a session ends; each begins with a client that is logged in. */
  enum WayOut {
    QUIT(client -> client.command("QUIT")),
    FIN(client -> client.close()),
    RESET(client -> RawClient.reset(client.socket)),
    FIN_WITHIN_A_COMMAND(client -> {
      client.send("NOO".getBytes(StandardCharsets.US_ASCII));
      client.close();
    }),
    REIN_AND_FIN(client -> {
      assertThat(client.command("REIN")).startsWith("220 ");
      assertThat(two.sessions.opened()).isEmpty();
      client.close();
    }),
    RESET_WITH_A_PORT_ANNOUNCED(client -> {
      client.command("EPSV");
      RawClient.reset(client.socket);
    }),
    RESET_IN_A_DOWNLOAD(client -> {
      Socket data = client.data();
      assertThat(client.command("RETR big")).startsWith("150 ");
      RawClient.reset(client.socket);
      RawClient.reset(data);
    }),
    FIN_IN_A_DOWNLOAD_THAT_STALLS(client -> {
      Socket data = client.data();
      assertThat(client.command("RETR big")).startsWith("150 ");
      client.close();
      TestPortal.await("it is over", () -> two.listener.sessionCount() == 0);
      data.close();
    }),
    RESET_IN_AN_UPLOAD(client -> {
      Socket data = client.data();
      assertThat(client.command("STOR up")).startsWith("150 ");
      data.getOutputStream().write(new byte[1000]);
      RawClient.reset(client.socket);
      data.close();
    }),
    KICK(client -> {
      two.sessions
          .opened()
          .forEach(s -> s.session().end(Refusal.of(Refusal.Kind.NOT_LOGGED_IN, "ended")));
      assertThat(client.reply()).startsWith("421 ");
    }),
    NO_HANDSHAKE(client -> {
      client.command("REIN");
      assertThat(client.command("AUTH TLS")).startsWith("234 ");
      client.send("USER ann\r\nNOOP\r\n".getBytes(StandardCharsets.US_ASCII));
      client.socket.getInputStream().readAllBytes();
    }),
    HALF_A_HANDSHAKE(client -> {
      client.command("REIN");
      assertThat(client.command("AUTH TLS")).startsWith("234 ");
      client.send(new byte[] {22, 3, 1, 1, 0, 1});
      client.socket.getInputStream().readAllBytes();
    }),
    REFUSED_LOGINS(client -> {
      client.command("REIN");
      for (int i = 0; i < 3; i++) {
        client.command("USER nobody");
        assertThat(client.command("PASS wrong")).startsWith("530 ");
      }
      assertThat(client.reply()).isEmpty();
    }),
    OTHER_PROTOCOL(client -> {
      client.command("REIN");
      client.send("GET / HTTP/1.1");
      assertThat(client.reply()).isEmpty();
    });

    /** What the client does. */
    interface Steps {
      void take(RawClient client) throws Exception;
    }

    private final Steps steps;

    WayOut(Steps steps) {
      this.steps = steps;
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyWayOutGivesThePlaceBack(WayOut way) throws Exception {
    RawClient client = RawClient.loggedIn(two, "ann");
    try {
      way.steps.take(client);
    } catch (java.net.SocketException e) {
      // The server may break off what is no TLS.
    } finally {
      client.close();
    }
    assertNothingIsLeft(two);
    try (RawClient first = RawClient.loggedIn(two, "ann");
        RawClient second = new RawClient(two.address);
        Socket third = new Socket(two.address.getAddress(), two.address.getPort())) {
      assertThat(line(third)).startsWith("421 ");
      second.command("USER ann");
      assertThat(second.command("PASS " + TestPortal.PASSWORD)).startsWith("421 ");
      assertThat(first.command("NOOP")).startsWith("200 ");
    }
    assertNothingIsLeft(two);
  }

  @Test
  void stopGivesEveryPlaceBack(@TempDir Path own) throws Exception {
    try (TestPortal stopped = new TestPortal(own)) {
      stopped.file(stopped.account("ann"), "big", new byte[4 << 20]);
      try (RawClient idle = RawClient.loggedIn(stopped, "ann");
          RawClient busy = RawClient.loggedIn(stopped, "ann");
          Socket data = busy.data()) {
        assertThat(busy.command("RETR big")).startsWith("150 ");
        stopped.listener.stop();
        assertThat(idle.reply()).startsWith("421 ");
        assertNothingIsLeft(stopped);
      }
    }
  }

  private static void assertNothingIsLeft(TestPortal of) throws Exception {
    TestPortal.await("no session is left", () -> of.listener.sessionCount() == 0);
    TestPortal.await("no thread is left", () -> of.threads.busy() == 0);
    assertThat(of.sessions.opened()).isEmpty();
    assertThat(of.passivePorts.inUse()).isZero();
    assertThat(of.transfers.active()).isEmpty();
    assertThat(of.staged()).isZero();
  }
}
