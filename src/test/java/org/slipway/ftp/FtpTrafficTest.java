package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.AccessPolicy;
import org.slipway.accounts.Account;

/** Traffic quotas over FTP: up and down together, refused before the data where that is known. */
class FtpTrafficTest {
  private static final AtomicInteger NAMES = new AtomicInteger();
  @TempDir static Path folder;
  private static TestPortal portal;

  @BeforeAll
  static void startPortal() {
    portal = new TestPortal(folder);
  }

  @AfterAll
  static void stopPortal() {
    portal.close();
  }

  private static Account limited(long perDay) {
    return portal.account(
        "moves" + NAMES.incrementAndGet(),
        edit ->
            edit.access(
                List.of(),
                new AccessPolicy(
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.of(perDay),
                    Optional.empty())));
  }

  @Test
  void bothDirectionsCountAndNoByteMoreIsMoved() throws Exception {
    Account account = limited(1_000_000);
    try (RawClient client = RawClient.loggedIn(portal, account.username())) {
      assertThat(client.store("STOR f", new byte[600_000])).startsWith("226 ");
      client.data().close();
      assertThat(client.command("RETR f")).startsWith("552 ").contains("it starts anew at");
      assertThat(client.store("STOR g", new byte[400_001])).startsWith("552 ");
      assertThat(client.command("SIZE g")).startsWith("550 ");
      assertThat(client.store("STOR g", new byte[1])).startsWith("552 ");
      assertThat(client.command("SIZE f")).startsWith("213 600000");
    }
    assertThat(portal.traffic.usage(account.id()).dayBytes()).isEqualTo(1_000_000);
  }

  @Test
  void whatFitsExactlyIsMoved() throws Exception {
    Account account = limited(300_000);
    try (RawClient client = RawClient.loggedIn(portal, account.username())) {
      assertThat(client.store("STOR f", new byte[100_000])).startsWith("226 ");
      assertThat(client.fetch("RETR f")).hasSize(100_000);
      assertThat(client.store("STOR f", new byte[100_000])).startsWith("226 ");
      client.data().close();
      assertThat(client.command("STOR f")).startsWith("552 ");
    }
  }

  @Test
  void anAnnouncedSizeIsRefusedBeforeDataAndAnAbortGivesTheRestBack() throws Exception {
    Account account = limited(100_000);
    try (RawClient client = RawClient.loggedIn(portal, account.username())) {
      client.data().close();
      client.command("ALLO 100001");
      assertThat(client.command("STOR f")).startsWith("552 ");
      client.command("ALLO 100000");
      try (Socket data = client.data()) {
        assertThat(client.command("STOR f")).startsWith("150 ");
        try (RawClient other = RawClient.loggedIn(portal, account.username())) {
          other.data().close();
          assertThat(other.command("STOR g")).startsWith("552 ");
        }
        assertThat(data.isConnected()).isTrue();
        client.send("ABOR");
        assertThat(client.reply()).startsWith("426 ");
        assertThat(client.reply()).startsWith("226 ");
      }
      assertThat(client.store("STOR g", new byte[100_000])).startsWith("226 ");
    }
  }

  @Test
  void textIsCountedAsItGoesOverTheWire() throws Exception {
    Account account = limited(1000);
    try (RawClient client = RawClient.loggedIn(portal, account.username())) {
      client.command("TYPE A");
      assertThat(client.store("STOR t", "a\r\nb\r\n".getBytes())).startsWith("226 ");
      assertThat(client.fetch("RETR t")).hasSize(6);
    }
    assertThat(portal.traffic.usage(account.id()).dayBytes()).isEqualTo(12);
  }
}
