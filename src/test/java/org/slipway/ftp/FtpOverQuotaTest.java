package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountEdit;
import org.slipway.audit.Who;

/** A client that begins an upload again and again which the quota has refused (FileZilla does). */
class FtpOverQuotaTest {
  private static final String AT_ONCE =
      "552 The quota still has no room for this file; ALLO tells if it has become smaller";
  @TempDir Path folder;
  private TestPortal portal;
  private Account account;
  private RawClient client;

  @BeforeEach
  void start() throws Exception {
    portal = new TestPortal(folder);
    account = portal.account("ann", edit -> edit.quota(Optional.of(1_000_000L), Optional.empty()));
    client = RawClient.loggedIn(portal, "ann");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    portal.close();
  }

  private void quota(long bytes) {
    portal.accounts.change(
        "ann",
        OptionalLong.empty(),
        a -> AccountEdit.of(a).quota(Optional.of(bytes), Optional.empty()).account(),
        Who.SYSTEM);
  }

  private void refused(String line, int size) throws Exception {
    assertThat(client.store(line, new byte[size])).startsWith("552 ").isNotEqualTo(AT_ONCE);
  }

  @Test
  void theSameUploadIsRefusedBeforeItsData() throws Exception {
    refused("STOR f", 1_500_000);
    for (int i = 0; i < 3; i++) {
      try (Socket data = client.data()) {
        assertThat(client.command("STOR ./f")).isEqualTo(AT_ONCE);
      }
    }
    TestPortal.await("history", () -> portal.transferLog.count("", Optional.of("ann")) == 1);
    assertThat(portal.usedBytes(account.id())).isZero();
    assertThat(portal.staged()).isZero();
    refused("STOR other", 1_500_000);
    assertThat(client.store("STOR small", new byte[1000])).startsWith("226 ");
    assertThat(client.store("STOR f", new byte[1])).isEqualTo(AT_ONCE);
    try (RawClient elsewhere = RawClient.loggedIn(portal, "ann")) {
      assertThat(elsewhere.store("STOR f", new byte[1])).startsWith("226 ");
    }
  }

  @Test
  void aFileWhoseSizeIsAnnouncedIsAnotherOne() throws Exception {
    refused("STOR f", 1_500_000);
    assertThat(client.command("ALLO 1000")).startsWith("200 ");
    assertThat(client.store("STOR f", new byte[1000])).startsWith("226 ");
  }

  @Test
  void spaceThatHasBecomeFreeGivesItAnotherTry() throws Exception {
    assertThat(client.store("STOR g", new byte[600_000])).startsWith("226 ");
    refused("STOR f", 700_000);
    assertThat(client.store("STOR f", new byte[700_000])).isEqualTo(AT_ONCE);
    client.command("DELE g");
    assertThat(client.store("STOR f", new byte[700_000])).startsWith("226 ");
  }

  @Test
  void aLargerQuotaGivesItAnotherTry() throws Exception {
    refused("STOR f", 1_500_000);
    quota(900_000);
    assertThat(client.store("STOR f", new byte[1_500_000])).isEqualTo(AT_ONCE);
    quota(2_000_000);
    assertThat(client.store("STOR f", new byte[1_500_000])).startsWith("226 ");
  }

  @Test
  void whatIsReplacedPaysForTheNewOne() throws Exception {
    assertThat(client.store("STOR f", new byte[900_000])).startsWith("226 ");
    refused("STOR f", 1_400_000);
    assertThat(client.store("STOR f", new byte[1_400_000])).isEqualTo(AT_ONCE);
    client.command("REST 900000");
    assertThat(client.store("STOR f", new byte[500_000])).isEqualTo(AT_ONCE);
    quota(1_400_000);
    assertThat(client.store("STOR f", new byte[1_400_000])).startsWith("226 ");
  }

  /** What is added the next time may be less. */
  @Test
  void whatIsAddedIsTriedEachTime() throws Exception {
    assertThat(client.store("STOR f", new byte[900_000])).startsWith("226 ");
    refused("APPE f", 500_000);
    refused("APPE f", 500_000);
    assertThat(client.store("APPE f", new byte[1000])).startsWith("226 ");
  }
}
