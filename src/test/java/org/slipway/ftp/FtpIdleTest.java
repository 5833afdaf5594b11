package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Idle is who sends no command and moves no data; a stranger has less time. */
class FtpIdleTest {
  private static final Duration IDLE = Duration.ofSeconds(4);
  private static final Duration LOGIN = Duration.ofSeconds(2);
  private static final int PIECE = 16 * 1024;

  @TempDir static Path folder;
  private static TestPortal portal;
  private static final byte[] CONTENT = new byte[6 << 20];

  @BeforeAll
  static void start() throws Exception {
    portal =
        new TestPortal(
            folder,
            Map.of("slipway.ftp.idle", IDLE.toSeconds() + "s"),
            new TestPortal.Patience(Duration.ofSeconds(5), LOGIN));
    new Random(7).nextBytes(CONTENT);
    portal.file(portal.account("ann"), "big", CONTENT);
    TestPortal.await("the password is known, so that a login is quick", () -> isLoggedIn());
  }

  private static boolean isLoggedIn() {
    try (RawClient client = RawClient.loggedIn(portal, "ann")) {
      return true;
    } catch (AssertionError | IOException e) {
      return false;
    }
  }

  @AfterAll
  static void stop() {
    portal.close();
  }

  /** Its own buffer is small, so that the server sees at once how slow it reads. */
  private static Socket slowData(RawClient client) throws IOException {
    Matcher port = Pattern.compile("\\|(\\d+)\\|").matcher(client.command("EPSV"));
    assertThat(port.find()).isTrue();
    Socket data = new Socket();
    data.setReceiveBufferSize(PIECE);
    data.connect(
        new InetSocketAddress(portal.address.getAddress(), Integer.parseInt(port.group(1))), 5000);
    data.setSoTimeout(30_000);
    return data;
  }

  private static void pause() {
    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
  }

  @Test
  void aSlowDownloadIsNotIdle() throws Exception {
    try (RawClient client = RawClient.loggedIn(portal, "ann");
        Socket data = slowData(client)) {
      assertThat(client.command("RETR big")).startsWith("150 ");
      ByteArrayOutputStream got = new ByteArrayOutputStream();
      long end = System.nanoTime() + IDLE.multipliedBy(2).toNanos();
      while (System.nanoTime() < end) {
        got.writeBytes(data.getInputStream().readNBytes(PIECE));
        pause();
      }
      assertThat(got.size()).as("still under way").isLessThan(CONTENT.length);
      got.writeBytes(data.getInputStream().readAllBytes());
      assertThat(got.toByteArray()).isEqualTo(CONTENT);
      assertThat(client.reply()).startsWith("226 ");
    }
  }

  @Test
  void aDownloadThatStallsIsIdle() throws Exception {
    try (RawClient client = RawClient.loggedIn(portal, "ann");
        Socket data = slowData(client)) {
      long start = System.nanoTime();
      assertThat(client.command("RETR big")).startsWith("150 ");
      assertIsEnded(client);
      assertThat(System.nanoTime() - start).isGreaterThan(IDLE.toNanos());
    }
  }

  @Test
  void anUploadThatStallsIsIdle() throws Exception {
    try (RawClient client = RawClient.loggedIn(portal, "ann");
        Socket data = client.data()) {
      assertThat(client.command("STOR up")).startsWith("150 ");
      data.getOutputStream().write(new byte[PIECE]);
      assertIsEnded(client);
      TestPortal.await("nothing is staged", () -> portal.staged() == 0);
      assertThat(folder.resolve("homes")).isDirectoryNotContaining("glob:**/up");
    }
  }

  private static void assertIsEnded(RawClient client) throws Exception {
    StringBuilder said = new StringBuilder();
    for (String reply = client.reply(); !reply.isEmpty(); reply = client.reply()) {
      said.append(reply).append('\n');
    }
    assertThat(said.toString()).contains("421 Idle for too long");
    TestPortal.await("the thread is free", () -> portal.threads.busy() == 0);
  }

  @Test
  void whoDoesNotLogInGoesSoonerAndSoDoesWhoHasLoggedOut() throws Exception {
    try (RawClient stranger = new RawClient(portal.address);
        RawClient member = RawClient.loggedIn(portal, "ann")) {
      assertThat(stranger.reply()).startsWith("421 No login ");
      assertThat(stranger.reply()).isEmpty();
      assertThat(member.command("NOOP")).as("a member stays").startsWith("200 ");
      long out = System.nanoTime();
      assertThat(member.command("REIN")).startsWith("220 ");
      assertThat(member.reply()).startsWith("421 No login ");
      assertThat(System.nanoTime() - out)
          .as("has as long as who comes")
          .isGreaterThan(LOGIN.toNanos());
    }
  }
}
