package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;
import org.slipway.portal.FreePorts;

/** Very many sessions at once: all of them move, and those that do not move hold up nobody. */
class FtpManySessionsTest {
  private static final int SESSIONS = 1000;

  /** One of so many uploads; each of them waits for the disk. */
  private static final int UPLOADS = 4;

  private static final int STALLED = 520;
  private static final int LOGINS_AT_ONCE = 32;
  private static final int MANY_FILES = 10_000;
  private static final byte[] DOWN = noise(1 << 20);
  private static final byte[] UP = noise(100_000);

  @TempDir static Path folder;
  private static TestPortal portal;
  private static Account ann;

  @BeforeAll
  static void start() throws Exception {
    portal =
        new TestPortal(
            folder,
            Map.of(
                "slipway.ftp.max-sessions-per-address", "2000",
                "slipway.ftp.passive-ports", "18000-19500"));
    ann = portal.account("ann");
    portal.file(ann, "down", DOWN);
    RawClient.loggedIn(portal, "ann").close();
  }

  @AfterAll
  static void stop() {
    portal.close();
  }

  @BeforeEach
  void needFiles() {
    assumeTrue(
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            && unix.getMaxFileDescriptorCount() >= MANY_FILES,
        "both ends of all connections live in this process");
  }

  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  @Test
  void aThousandTransferAtOnceWithoutAnError() throws Exception {
    CyclicBarrier allHaveBegun =
        new CyclicBarrier(
            SESSIONS, () -> assertThat(portal.transfers.active()).as("at once").hasSize(SESSIONS));
    Semaphore loggingIn = new Semaphore(LOGINS_AT_ONCE);
    List<Future<?>> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < SESSIONS; i++) {
        int number = i;
        clients.add(threads.submit(() -> transfer(number, loggingIn, allHaveBegun)));
      }
      for (Future<?> client : clients) {
        client.get(180, TimeUnit.SECONDS);
      }
    }
    for (int i = 0; i < SESSIONS; i += UPLOADS) {
      assertThat(Files.readAllBytes(portal.home(ann).resolve("up" + i))).isEqualTo(UP);
    }
    TestPortal.await("all are gone", () -> portal.listener.sessionCount() == 0);
    assertThat(portal.usedBytes(ann.id())).isEqualTo((long) SESSIONS / UPLOADS * UP.length);
    assertThat(portal.staged()).isZero();
  }

  private static Void transfer(int number, Semaphore loggingIn, CyclicBarrier allHaveBegun)
      throws Exception {
    loggingIn.acquire();
    RawClient client;
    try {
      client = RawClient.loggedIn(portal, "ann");
    } finally {
      loggingIn.release();
    }
    client.socket.setSoTimeout(180_000);
    try (client;
        Socket data = client.data()) {
      data.setSoTimeout(180_000);
      if (number % UPLOADS == 0) {
        upload(client, data, number, allHaveBegun);
      } else {
        download(client, data, allHaveBegun);
      }
      assertThat(client.reply()).startsWith("226 ");
      assertThat(client.command("QUIT")).startsWith("221 ");
    }
    return null;
  }

  /** It is longer than all buffers together, so that it cannot be over before it is read. */
  private static void download(RawClient client, Socket data, CyclicBarrier allHaveBegun)
      throws Exception {
    assertThat(client.command("RETR down")).startsWith("150 ");
    allHaveBegun.await(180, TimeUnit.SECONDS);
    if (!Arrays.equals(data.getInputStream().readAllBytes(), DOWN)) {
      throw new IOException("a download differs");
    }
  }

  private static void upload(RawClient client, Socket data, int number, CyclicBarrier allHaveBegun)
      throws Exception {
    assertThat(client.command("STOR up" + number)).startsWith("150 ");
    data.getOutputStream().write(UP, 0, UP.length / 2);
    allHaveBegun.await(180, TimeUnit.SECONDS);
    data.getOutputStream().write(UP, UP.length / 2, UP.length - UP.length / 2);
    data.shutdownOutput();
  }

  @Test
  void downloadsThatStallSlowNobody() throws Exception {
    List<RawClient> stalled = new ArrayList<>();
    List<Socket> unread = new ArrayList<>();
    try {
      for (int i = 0; i < STALLED; i++) {
        RawClient client = RawClient.loggedIn(portal, "ann");
        stalled.add(client);
        unread.add(client.data());
        assertThat(client.command("RETR down")).startsWith("150 ");
      }
      TestPortal.await("each holds a thread", () -> portal.threads.busy() >= 3 * STALLED);
      try (RawClient other = RawClient.loggedIn(portal, "ann")) {
        long start = System.nanoTime();
        assertThat(other.fetch("RETR down")).isEqualTo(DOWN);
        assertThat(other.store("STOR other", UP)).startsWith("226 ");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(other.command("DELE other")).startsWith("250 ");
      }
      assertThat(portal.transfers.active()).hasSize(STALLED);
      assertThat(unread.getFirst().getInputStream().readAllBytes()).isEqualTo(DOWN);
      assertThat(stalled.getFirst().reply()).startsWith("226 ");
    } finally {
      for (RawClient client : stalled) {
        client.close();
      }
      for (Socket data : unread) {
        data.close();
      }
    }
    TestPortal.await("all are gone", () -> portal.threads.busy() == 0);
  }

  @Test
  void portsThatAreKeptGoToWhoeverNeedsOne(@TempDir Path own) throws Exception {
    int first = FreePorts.range(8);
    Map<String, String> eight = Map.of("slipway.ftp.passive-ports", first + "-" + (first + 7));
    try (TestPortal few = new TestPortal(own, eight)) {
      few.account("ann");
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        RawClient client = RawClient.loggedIn(few, "ann");
        clients.add(client);
        client.fetch("LIST");
      }
      for (RawClient client : clients) {
        client.fetch("LIST");
      }
      String none = "";
      int announced = 0;
      for (RawClient client : clients) {
        String reply = client.command("EPSV");
        if (reply.startsWith("229 ")) {
          announced++;
        } else {
          none = reply;
        }
      }
      assertThat(announced).isBetween(1, 8);
      assertThat(none).startsWith("425 No ").endsWith("; try again in a while.");
      clients.getFirst().command("QUIT");
      TestPortal.await("a free port", () -> clients.getLast().command("EPSV").startsWith("229 "));
      for (RawClient client : clients) {
        client.close();
      }
      TestPortal.await("no port is left", () -> few.passivePorts.inUse() == 0);
    }
  }
}
