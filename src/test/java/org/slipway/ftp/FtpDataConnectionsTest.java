package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;

/** Data connections that nobody should wait for, and those that are none of ours. */
class FtpDataConnectionsTest {
  @TempDir static Path folder;
  private static TestPortal portal;
  private Account account;
  private RawClient client;

  @BeforeAll
  static void startPortal() {
    portal = new TestPortal(folder);
  }

  @AfterAll
  static void stopPortal() {
    portal.close();
  }

  @BeforeEach
  void logIn() throws Exception {
    account = portal.account("user" + System.nanoTime(), edit -> edit);
    client = loggedIn();
  }

  @AfterEach
  void leave() throws Exception {
    client.close();
  }

  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private long moved() {
    return portal.transfers.active().stream()
        .filter(t -> t.description().account().equals(Optional.of(account.username())))
        .mapToLong(t -> t.bytes())
        .sum();
  }

  private RawClient loggedIn() throws IOException {
    return RawClient.loggedIn(portal, account.username());
  }

  @Test
  void readersThatStallBlockNobody() throws Exception {
    portal.file(account, "big", noise(20_000_000));
    RawClient[] stalled = {loggedIn(), loggedIn()};
    Socket[] data = {stalled[0].data(), stalled[1].data()};
    for (int i = 0; i < 2; i++) {
      assertThat(stalled[i].command("RETR big")).startsWith("150 ");
    }
    TestPortal.await("both move", () -> moved() > 500_000);
    try (RawClient third = loggedIn()) {
      assertThat(third.store("STOR f", noise(100_000))).startsWith("226 ");
      assertThat(third.fetch("RETR f")).hasSize(100_000);
    }
    for (int i = 0; i < 2; i++) {
      assertThat(data[i].getInputStream().readAllBytes()).isEqualTo(noise(20_000_000));
      assertThat(stalled[i].reply()).startsWith("226 ");
      stalled[i].close();
    }
  }

  @Test
  void foreignDataConnectionsAreDropped() throws Exception {
    String port = client.command("EPSV").replaceAll(".*\\|\\|\\|(\\d+)\\|.*", "$1");
    InetAddress other = InetAddress.ofLiteral("127.0.0.2");
    try (Socket thief = new Socket("127.0.0.1", Integer.parseInt(port), other, 0)) {
      client.command("LIST");
      thief.setSoTimeout(30_000);
      assertThat(thief.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(client.reply()).startsWith("425 ").contains("other addresses than that of your");
  }

  @Test
  void connectionLeftFromARefusedCommandIsNotTakenForTheNext() throws Exception {
    try (Socket left = client.data()) {
      assertThat(client.command("RETR missing")).startsWith("550 ");
      assertThat(client.store("STOR f", noise(1000))).startsWith("226 ");
    }
    assertThat(portal.home(account).resolve("f")).hasSize(1000);
  }
}
