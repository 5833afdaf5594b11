package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.accounts.AccessPolicy;
import org.slipway.accounts.Account;
import org.slipway.accounts.Bandwidth;

/** Bandwidth by account: kept, shared, changed under way; and nobody else waits for it. */
@Timeout(60)
class FtpBandwidthTest {
  /** A second of it has ten pieces, three of which may come at once. */
  private static final long RATE = 200_000;

  private static final AtomicInteger NUMBERS = new AtomicInteger();
  @TempDir static Path folder;
  private static TestPortal portal;
  private Account ann;

  @BeforeAll
  static void startPortal() {
    portal = new TestPortal(folder.resolve("shared"));
  }

  @AfterAll
  static void stopPortal() {
    portal.close();
  }

  private static Account account() {
    return portal.account("moves" + NUMBERS.incrementAndGet());
  }

  @BeforeEach
  void makeAccount() {
    ann = account();
  }

  @AfterEach
  void awaitEnd() throws Exception {
    TestPortal.await("no session is left", () -> portal.listener.sessionCount() == 0);
  }

  private void limit(Optional<Long> bytesPerSecond) {
    portal.policy(
        ann.username(), AccessPolicy.EMPTY.with(new Bandwidth(bytesPerSecond, bytesPerSecond)));
  }

  private static byte[] random(int n) {
    byte[] bytes = new byte[n];
    new Random(n).nextBytes(bytes);
    return bytes;
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** A file of zeros that takes no room. */
  private void huge(Account account, String name) throws IOException {
    Files.createDirectories(portal.home(account));
    try (RandomAccessFile file =
        new RandomAccessFile(portal.home(account).resolve(name).toFile(), "rw")) {
      file.setLength(1L << 34);
    }
  }

  @Test
  void bothDirectionsAreAsFastAsTheyMay() throws Exception {
    limit(Optional.of(RATE));
    byte[] content = random((int) RATE);
    portal.file(ann, "f", content);
    try (RawClient client = RawClient.loggedIn(portal, ann.username())) {
      long begun = System.nanoTime();
      assertThat(client.fetch("RETR f")).isEqualTo(content);
      assertThat(secondsSince(begun)).isBetween(0.65, 5.0);
      begun = System.nanoTime();
      assertThat(client.store("STOR g", content)).startsWith("226 ");
      assertThat(secondsSince(begun)).isBetween(0.65, 5.0);
    }
    assertThat(portal.home(ann).resolve("g")).hasBinaryContent(content);
  }

  @Test
  void allTransfersOfAnAccountShareIt() throws Exception {
    limit(Optional.of(RATE));
    portal.file(ann, "f", random(100_000));
    List<Thread> readers = new ArrayList<>();
    List<Double> took = java.util.Collections.synchronizedList(new ArrayList<>());
    long begun = System.nanoTime();
    for (int i = 0; i < 3; i++) {
      readers.add(
          Thread.startVirtualThread(() -> {
            try (RawClient client = RawClient.loggedIn(portal, ann.username())) {
              assertThat(client.fetch("RETR f")).hasSize(100_000);
              took.add(secondsSince(begun));
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          }));
    }
    for (Thread reader : readers) {
      reader.join();
    }
    assertThat(took).hasSize(3);
    assertThat(took.getLast()).isGreaterThan(1.1);
  }

  /** In every form that data can have, while the limit comes and goes. */
  @ParameterizedTest
  @ValueSource(strings = {"image", "text", "deflate", "tls"})
  void everyByteArrivesWhileTheLimitComesAndGoes(String form) throws Exception {
    byte[] content = random(6_000_000);
    if (form.equals("text")) {
      for (int i = 0; i < content.length; i++) {
        content[i] = (byte) ('a' + (content[i] & 15));
      }
    }
    portal.file(ann, "f", content);
    SSLContext context = TrustsAnybody.context();
    AtomicBoolean go = new AtomicBoolean(true);
    Thread changing = changingLimit(go);
    try (RawClient client =
        form.equals("tls") ? secured(context) : RawClient.loggedIn(portal, ann.username())) {
      switch (form) {
        case "tls" -> {
          try (ProtectedData data = client.protectedData("RETR f", context)) {
            assertThat(data.readAll()).isEqualTo(content);
          }
          assertThat(client.reply()).startsWith("226 ");
          try (ProtectedData data = client.protectedData("STOR g", context)) {
            data.write(content);
          }
          assertThat(client.reply()).startsWith("226 ");
        }
        case "deflate" -> {
          client.command("MODE Z");
          byte[] sent = client.fetch("RETR f");
          assertThat(new java.util.zip.InflaterInputStream(new java.io.ByteArrayInputStream(sent)))
              .hasBinaryContent(content);
          assertThat(client.store("STOR g", sent)).startsWith("226 ");
        }
        default -> {
          client.command(form.equals("text") ? "TYPE A" : "TYPE I");
          assertThat(client.fetch("RETR f")).isEqualTo(content);
          assertThat(client.store("STOR g", content)).startsWith("226 ");
        }
      }
    } finally {
      go.set(false);
      changing.join();
    }
    assertThat(portal.home(ann).resolve("g")).hasBinaryContent(content);
    TestPortal.await("nothing is left behind", () -> portal.staged() == 0);
  }

  private RawClient secured(SSLContext context) throws IOException {
    RawClient client = FtpTlsTest.secured(portal, context);
    client.command("USER " + ann.username());
    assertThat(client.command("PASS " + TestPortal.PASSWORD)).startsWith("230 ");
    client.command("PBSZ 0");
    client.command("PROT P");
    client.command("TYPE I");
    return client;
  }

  /** It is told to stop, not interrupted: that would close the database's file under it. */
  private Thread changingLimit(AtomicBoolean go) {
    return Thread.startVirtualThread(() -> {
      for (boolean limited = true; go.get(); limited = !limited) {
        limit(limited ? Optional.of(4_000_000L) : Optional.empty());
        LockSupport.parkNanos(300_000_000);
      }
    });
  }

  @Test
  void whoWaitsCanBeAbortedAndEnded() throws Exception {
    limit(Optional.of(1L));
    portal.file(ann, "f", random(100_000));
    try (RawClient client = RawClient.loggedIn(portal, ann.username())) {
      try (Socket data = client.data()) {
        assertThat(client.command("RETR f")).startsWith("150 ");
        assertThat(data.getInputStream().read()).isNotNegative();
        client.send("ABOR");
        assertThat(client.reply()).startsWith("426 ");
        assertThat(client.reply()).startsWith("226 ");
      }
      try (Socket data = client.data()) {
        assertThat(client.command("STOR g")).startsWith("150 ");
        data.getOutputStream().write(random(50_000));
        assertThat(client.command("NOOP")).startsWith("200 ");
        assertThat(client.command("STAT")).contains("bytes moved");
        portal
            .sessions
            .opened(ann.id())
            .getFirst()
            .session()
            .end(
                org.slipway.accounts.Refusal.of(
                    org.slipway.accounts.Refusal.Kind.CLOSED, "Kicked"));
        assertThat(client.reply()).matches(r -> r.startsWith("426 ") || r.startsWith("421 "));
      }
    }
    TestPortal.await("the session is over", () -> portal.listener.sessionCount() == 0);
    assertThat(portal.home(ann).resolve("g")).doesNotExist();
    TestPortal.await("nothing is left behind", () -> portal.staged() == 0);
  }

  /** However many wait, others move at once. */
  @Test
  void whoWaitsHoldsNobodyUp() throws Exception {
    Account bob = account();
    limit(Optional.of(1000L));
    huge(ann, "f");
    byte[] content = random(3_000_000);
    portal.file(bob, "f", content);
    List<RawClient> open = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        RawClient client = RawClient.loggedIn(portal, ann.username());
        open.add(client);
        Socket data = client.data();
        assertThat(client.command(i < 10 ? "RETR f" : "STOR u" + i)).startsWith("150 ");
        if (i >= 10) {
          data.getOutputStream().write(random(10_000));
        }
      }
      try (RawClient client = RawClient.loggedIn(portal, bob.username())) {
        assertThat(client.fetch("RETR f")).isEqualTo(content);
        assertThat(client.store("STOR g", content)).startsWith("226 ");
      }
    } finally {
      for (RawClient client : open) {
        client.close();
      }
    }
  }

  /** Also for transfers that began at full speed. */
  @Test
  void aNewLimitHoldsForWhatIsUnderWay() throws Exception {
    Account bob = account();
    huge(ann, "f");
    byte[] content = random(3_000_000);
    portal.file(bob, "f", content);
    AtomicLong moved = new AtomicLong();
    List<RawClient> open = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        RawClient client = RawClient.loggedIn(portal, ann.username());
        open.add(client);
        boolean down = i % 2 == 0;
        Socket data = client.data();
        assertThat(client.command(down ? "RETR f" : "STOR u" + i)).startsWith("150 ");
        Thread.startVirtualThread(() -> move(data, down, moved));
      }
      TestPortal.await("all are at full speed", () -> moved.get() > 100_000_000);
      limit(Optional.of(1000L));
      try (RawClient client = RawClient.loggedIn(portal, bob.username())) {
        assertThat(client.fetch("RETR f")).isEqualTo(content);
        assertThat(client.store("STOR g", content)).startsWith("226 ");
      }
      long[] before = {-1};
      TestPortal.await(
          "what is in the buffers has gone",
          () -> {
            long last = before[0];
            before[0] = moved.get();
            LockSupport.parkNanos(300_000_000);
            return before[0] - last < 3000;
          });
      limit(Optional.empty());
      long then = moved.get();
      TestPortal.await("all are at full speed again", () -> moved.get() - then > 100_000_000);
    } finally {
      for (RawClient client : open) {
        client.close();
      }
    }
  }

  private static void move(Socket data, boolean down, AtomicLong moved) {
    byte[] buffer = new byte[64 * 1024];
    try (data) {
      InputStream in = data.getInputStream();
      OutputStream out = data.getOutputStream();
      while (true) {
        int n = down ? in.read(buffer) : buffer.length;
        if (n < 0) {
          return;
        }
        if (!down) {
          out.write(buffer);
        }
        moved.addAndGet(n);
      }
    } catch (IOException e) {
      // The server has ended it.
    }
  }
}
