package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The server is made to connect to a third host, and to send it what the attacker has uploaded. */
class FtpBounceAttackTest extends AttackTest {
  private static final byte[] MAIL = "HELO x\r\nMAIL FROM:<x>\r\n".getBytes();

  private static List<String> orders(String address, int port) {
    return List.of(
        "PORT " + address.replace('.', ',') + "," + (port >> 8) + "," + (port & 0xFF),
        "EPRT |1|" + address + "|" + port + "|");
  }

  /** How many of the ways led to a host that is neither the client nor the server. */
  private static int thirdHostsReached(AttackedServer server) throws IOException {
    server.file("mail", MAIL);
    int reached = 0;
    try (ServerSocket third = new ServerSocket(0, 8, InetAddress.ofLiteral("127.0.0.3"));
        RawClient attacker = server.loggedIn()) {
      third.setSoTimeout(10_000);
      for (String order : orders("127.0.0.3", third.getLocalPort())) {
        attacker.command(order);
        attacker.send("RETR mail");
        if (attacker.reply().startsWith("150 ")) {
          reached += received(third) ? 1 : 0;
          attacker.reply();
        }
      }
      third.setSoTimeout(300);
      reached += received(third) ? 1 : 0;
    }
    return reached;
  }

  private static boolean received(ServerSocket third) throws IOException {
    try (Socket data = third.accept()) {
      return data.getInputStream().readAllBytes().length == MAIL.length;
    } catch (SocketTimeoutException nobodyCame) {
      return false;
    }
  }

  @Test
  void noThirdHostIsReached() throws Exception {
    assertThat(thirdHostsReached(weak(Weakness.SENDS_DATA_ANYWHERE))).isEqualTo(2);
    assertThat(thirdHostsReached(ours)).isZero();
  }

  /** Services of the client's own address: which orders the server goes out for. */
  private static long privilegedPortsTried(AttackedServer server) throws IOException {
    server.file("mail", MAIL);
    long tried = 0;
    try (RawClient attacker = server.loggedIn()) {
      for (int port : new int[] {1, 25, 1023}) {
        for (String order : orders("127.0.0.1", port)) {
          attacker.command(order);
          attacker.send("RETR mail");
          if (attacker.reply().startsWith("150 ")) {
            attacker.reply();
            tried++;
          }
        }
      }
    }
    return tried;
  }

  @Test
  void noPortOfAServiceIsReached() throws Exception {
    assertThat(privilegedPortsTried(weak(Weakness.SENDS_DATA_ANYWHERE))).isEqualTo(6);
    assertThat(privilegedPortsTried(ours)).isZero();
  }
}
