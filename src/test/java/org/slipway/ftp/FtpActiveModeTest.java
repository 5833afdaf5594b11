package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;
import org.slipway.portal.FreePorts;

/** Active mode: PORT and EPRT, and whom data is never sent to. */
class FtpActiveModeTest {
  private static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o'};
  @TempDir Path folder;
  private TestPortal portal;
  private Account account;
  private RawClient client;

  @BeforeEach
  void start() throws Exception {
    portal = new TestPortal(folder);
    account = portal.account("ann");
    portal.file(account, "f", HELLO);
    client = RawClient.loggedIn(portal, "ann");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    portal.close();
  }

  private static ServerSocket listening(String address) throws Exception {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral(address));
    server.setSoTimeout(30_000);
    return server;
  }

  private static String port(int port) {
    return "PORT 127,0,0,1," + (port >> 8) + "," + (port & 0xFF);
  }

  @Test
  void filesGoBothWaysByPort() throws Exception {
    try (ServerSocket server = listening("127.0.0.1")) {
      assertThat(client.command(port(server.getLocalPort()))).startsWith("200 ");
      assertThat(client.command("RETR f")).startsWith("150 ");
      try (Socket data = server.accept()) {
        assertThat(data.getInetAddress()).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
        assertThat(data.getInputStream().readAllBytes()).isEqualTo(HELLO);
      }
      assertThat(client.reply()).startsWith("226 ");
      assertThat(client.command("RETR f")).as("a port is used once").startsWith("425 ");
      assertThat(client.command("EPRT |1|127.0.0.1|" + server.getLocalPort() + "|"))
          .startsWith("200 ");
      assertThat(client.command("STOR g")).startsWith("150 ");
      try (Socket data = server.accept()) {
        data.getOutputStream().write(HELLO);
      }
      assertThat(client.reply()).startsWith("226 ");
    }
    assertThat(client.fetch("RETR g")).isEqualTo(HELLO);
  }

  @Test
  void overIpv6ByEprt() throws Exception {
    try (TestPortal six =
            new TestPortal(folder.resolve("six"), Map.of("slipway.bind.address", "::1"));
        ServerSocket server = listening("::1")) {
      six.file(six.account("bob"), "f", HELLO);
      try (RawClient bob = RawClient.loggedIn(six, "bob")) {
        assertThat(bob.command("EPRT |1|127.0.0.1|5000|"))
            .isEqualTo("522 Wrong address family; use (2)");
        assertThat(bob.command("EPRT |2|::1|" + server.getLocalPort() + "|")).startsWith("200 ");
        assertThat(bob.command("RETR f")).startsWith("150 ");
        try (Socket data = server.accept()) {
          assertThat(data.getInputStream().readAllBytes()).isEqualTo(HELLO);
        }
        assertThat(bob.reply()).startsWith("226 ");
      }
    }
  }

  @Test
  void dataIsNeverSentElsewhere() throws Exception {
    for (String line :
        List.of(
            "PORT 127,0,0,2,200,1",
            "PORT 10,0,0,1,200,1",
            "PORT 127,0,0,1,0,25",
            "PORT 127,0,0,1,3,255",
            "EPRT |1|127.0.0.2|51201|",
            "EPRT |1|127.0.0.1|1023|")) {
      assertThat(client.command(line)).as(line).startsWith("504 ");
    }
    assertThat(client.command("LIST")).startsWith("425 ");
    for (String line :
        List.of(
            "PORT 127,0,0,1,200",
            "PORT 127,0,0,1,256,1",
            "PORT localhost",
            "EPRT |1|localhost|51201|",
            "EPRT |1|127.0.0.1|0|",
            "EPRT 127.0.0.1")) {
      assertThat(client.command(line)).as(line).startsWith("501 ");
    }
    for (String line : List.of("EPRT |2|::1|51201|", "EPRT |3|x|51201|")) {
      assertThat(client.command(line)).isEqualTo("522 Wrong address family; use (1)");
    }
  }

  @Test
  void theLastWordCounts() throws Exception {
    try (ServerSocket server = listening("127.0.0.1")) {
      client.data().close();
      client.command(port(server.getLocalPort()));
      assertThat(client.command("RETR f")).startsWith("150 ");
      try (Socket data = server.accept()) {
        assertThat(data.getInputStream().readAllBytes()).isEqualTo(HELLO);
      }
      assertThat(client.reply()).startsWith("226 ");
      client.command(port(server.getLocalPort()));
      assertThat(client.fetch("RETR f")).as("passive again").isEqualTo(HELLO);
    }
  }

  @Test
  void whatCannotBeOpenedIsSaid() throws Exception {
    int nobody = FreePorts.next();
    client.command(port(nobody));
    assertThat(client.command("RETR f")).startsWith("150 ");
    assertThat(client.reply())
        .startsWith("425 No data connection could be opened to your port " + nobody);
    assertThat(client.fetch("RETR f")).isEqualTo(HELLO);
  }

  @Test
  void onlyExtendedPassiveIsLeftAfterEpsvAll() throws Exception {
    client.command("EPSV ALL");
    assertThat(client.command("PORT 127,0,0,1,200,1")).startsWith("501 ");
    assertThat(client.command("EPRT |1|127.0.0.1|51201|")).startsWith("501 ");
    assertThat(client.fetch("RETR f")).isEqualTo(HELLO);
  }
}
