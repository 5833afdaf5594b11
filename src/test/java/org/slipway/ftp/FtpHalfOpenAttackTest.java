package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many TLS handshakes that are begun and not gone on with, from many addresses. */
class FtpHalfOpenAttackTest extends AttackTest {
  private static final int HALF_OPEN = 500;
  private static final int BY_ADDRESS = 25;
  private static final int PATIENCE_MILLIS = 3000;

  /** In half of them the first byte of a handshake comes, in the others nothing. */
  private static List<Socket> halfOpen(AttackedServer server) throws IOException {
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < HALF_OPEN; i++) {
      InetAddress from = InetAddress.ofLiteral("127.0.7." + (1 + i / BY_ADDRESS));
      Socket socket =
          new Socket(server.address().getAddress(), server.address().getPort(), from, 0);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write("AUTH TLS\r\n".getBytes());
      open.add(socket);
    }
    return open;
  }

  /** After the 234, which a server that is stuck does not send any more. */
  private static void beginHandshakes(List<Socket> open) throws IOException {
    for (int i = 0; i < open.size(); i += 2) {
      if (open.get(i).getInputStream().available() > 0) {
        open.get(i).getOutputStream().write(0x16);
      }
    }
  }

  /** How long a user needs to log in; a great deal if not within the time given. */
  private static Duration login(AttackedServer server) throws IOException {
    long begin = System.nanoTime();
    try (Socket user = new Socket(server.address().getAddress(), server.address().getPort())) {
      user.setSoTimeout(PATIENCE_MILLIS);
      user.getOutputStream()
          .write(
              ("USER " + AttackedServer.OWNER + "\r\nPASS " + TestPortal.PASSWORD + "\r\n")
                  .getBytes());
      StringBuilder said = new StringBuilder();
      while (!said.toString().contains("230 ")) {
        int b = user.getInputStream().read();
        if (b < 0) {
          return Duration.ofDays(1);
        }
        said.append((char) b);
      }
      return Duration.ofNanos(System.nanoTime() - begin);
    } catch (java.net.SocketTimeoutException stuck) {
      return Duration.ofDays(1);
    }
  }

  private static Duration loginAmongHalfOpen(AttackedServer server, List<Socket> open)
      throws IOException {
    open.addAll(halfOpen(server));
    beginHandshakes(open);
    return login(server);
  }

  private static void close(List<Socket> open) throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Test
  void fiveHundredHandshakesHoldNobodyUpAndAreGoneSoon() throws Exception {
    List<Socket> open = new ArrayList<>();
    assertThat(loginAmongHalfOpen(weak(Weakness.HANDSHAKES_WITHOUT_DEADLINE), open))
        .isGreaterThan(Duration.ofSeconds(2));
    close(open);
    open.clear();
    assertThat(loginAmongHalfOpen(ours, open)).isLessThan(Duration.ofSeconds(2));
    assertThat(open).hasSize(HALF_OPEN);
    TestPortal.await("they are gone", () -> ours.portal().listener.sessionCount() == 0);
    for (Socket socket : open) {
      assertThat(new String(socket.getInputStream().readAllBytes())).contains("234 ");
    }
    close(open);
  }
}
