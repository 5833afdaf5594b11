package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many TLS handshakes that are begun and not gone on with, from many addresses. */
class FtpHalfOpenAttackTest extends AttackTest {
  private static final int HALF_OPEN = 500;
  private static final int BY_ADDRESS = 25;
  private static final Duration LONGEST_LOGIN = Duration.ofSeconds(2);

  private static final int TRIES = 4;

  /** Less than the time that a handshake has. */
  private static final Duration TO_BEGIN = Duration.ofSeconds(1);

  /** One connection that has asked for TLS, and what it was answered so far. */
  private record HalfOpen(Socket socket, StringBuilder heard) implements AutoCloseable {
    static HalfOpen to(AttackedServer server, String from) throws IOException {
      Socket socket =
          new Socket(
              server.address().getAddress(),
              server.address().getPort(),
              InetAddress.ofLiteral(from),
              0);
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write("AUTH TLS\r\n".getBytes(StandardCharsets.US_ASCII));
      return new HalfOpen(socket, new StringBuilder());
    }

    boolean isInvited() {
      return heard.indexOf("234 ") >= 0;
    }

    /** Hears what has come. */
    void listen() throws IOException {
      InputStream in = socket.getInputStream();
      heard.append(new String(in.readNBytes(in.available()), StandardCharsets.US_ASCII));
    }

    /** Hears all up to the end of the connection. */
    void listenToTheEnd() throws IOException {
      heard.append(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** In half of them the first byte of a handshake follows, in the others nothing. */
  private static List<HalfOpen> halfOpen(AttackedServer server) throws IOException {
    List<HalfOpen> all = new ArrayList<>();
    for (int i = 0; i < HALF_OPEN; i++) {
      all.add(HalfOpen.to(server, "127.0.7." + (1 + i / BY_ADDRESS)));
    }
    long end = System.nanoTime() + TO_BEGIN.toNanos();
    for (int i = 0; i < HALF_OPEN; i++) {
      HalfOpen one = all.get(i);
      while (!one.isInvited() && System.nanoTime() < end) {
        one.listen();
        Thread.onSpinWait();
      }
      if (one.isInvited() && i % 2 == 0) {
        one.socket.getOutputStream().write(0x16);
      }
    }
    return all;
  }

  private static void closeAll(List<HalfOpen> all) throws IOException {
    for (HalfOpen one : all) {
      one.close();
    }
  }

  /** Whether somebody who has never been there is logged in within the time. */
  private static boolean isLoggedIn(AttackedServer server, String username) throws IOException {
    long begin = System.nanoTime();
    try (Socket user = new Socket(server.address().getAddress(), server.address().getPort())) {
      user.setSoTimeout((int) LONGEST_LOGIN.toMillis());
      String login = "USER " + username + "\r\nPASS " + TestPortal.PASSWORD + "\r\n";
      user.getOutputStream().write(login.getBytes(StandardCharsets.US_ASCII));
      StringBuilder said = new StringBuilder();
      for (int b = 0; b >= 0 && said.indexOf("230 ") < 0; b = user.getInputStream().read()) {
        said.append((char) b);
      }
      return said.indexOf("230 ") >= 0 && System.nanoTime() - begin < LONGEST_LOGIN.toNanos();
    } catch (SocketTimeoutException stuck) {
      return false;
    }
  }

  private void allAreGoneAfterTheirTime(List<HalfOpen> all) throws Exception {
    TestPortal.await("they are gone", () -> ours.portal().listener.sessionCount() == 0);
    for (HalfOpen one : all) {
      one.listenToTheEnd();
      assertThat(one.isInvited()).isTrue();
    }
    closeAll(all);
  }

  @Test
  void fiveHundredHandshakesHoldNobodyUpAndAreGoneSoon() throws Exception {
    WeakServer weak = weak(Weakness.HANDSHAKES_WITHOUT_DEADLINE);
    assertThat(isLoggedIn(weak, AttackedServer.OWNER)).as("without the attack").isTrue();
    List<HalfOpen> stuck = halfOpen(weak);
    assertThat(isLoggedIn(weak, AttackedServer.OWNER)).isFalse();
    closeAll(stuck);

    // A machine that is busy with something else may need another try; the weak server never ends.
    boolean loggedIn = false;
    for (int i = 0; i < TRIES && !loggedIn; i++) {
      ours.portal().account("user" + i);
      List<HalfOpen> all = halfOpen(ours);
      int held = ours.portal().listener.sessionCount();
      loggedIn = isLoggedIn(ours, "user" + i) && held > HALF_OPEN / 2;
      allAreGoneAfterTheirTime(all);
    }
    assertThat(loggedIn).isTrue();
  }
}
