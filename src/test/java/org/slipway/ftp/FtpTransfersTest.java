package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountStatus;
import org.slipway.accounts.OnConflict;
import org.slipway.audit.Who;
import org.slipway.transfers.TransferOutcome;

/** Data connections: what is whole is there, what is not is nowhere. */
class FtpTransfersTest {
  private static final AtomicInteger NAMES = new AtomicInteger();
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
    logIn(OnConflict.OVERWRITE, Optional.empty());
  }

  @AfterEach
  void leave() throws Exception {
    client.close();
  }

  private void logIn(OnConflict onConflict, Optional<Long> quota) throws IOException {
    account =
        portal.account(
            "user" + NAMES.incrementAndGet(),
            edit ->
                edit.quota(quota, Optional.empty())
                    .use(Optional.empty(), onConflict, Optional.empty()));
    client = RawClient.loggedIn(portal, account.username());
  }

  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private void assertNothingStored() throws Exception {
    TestPortal.await("no staged file", () -> portal.staged() == 0);
    try (var files = Files.list(portal.home(account))) {
      assertThat(files).isEmpty();
    }
    TestPortal.await("nothing used", () -> portal.usedBytes(account.id()) == 0);
  }

  private TransferOutcome lastOutcome() throws Exception {
    TestPortal.await(
        "history", () -> portal.transferLog.count("", Optional.of(account.username())) > 0);
    return portal.transferLog.page("", Optional.of(account.username()), 0, 1).getFirst().outcome();
  }

  @Test
  void filesOfEverySizeComeBackWhole() throws Exception {
    for (int size : new int[] {0, 1, 511, 512, 513, 65_536, 65_537, 5_000_000}) {
      byte[] content = noise(size);
      assertThat(client.store("STOR f" + size, content)).startsWith("226 ");
      assertThat(client.fetch("RETR f" + size)).isEqualTo(content);
    }
    assertThat(lastOutcome()).isEqualTo(TransferOutcome.COMPLETE);
  }

  @Test
  void nothingIsVisibleBeforeTheUploadIsWhole() throws Exception {
    try (Socket data = client.data()) {
      client.command("STOR f");
      data.getOutputStream().write(noise(100_000));
      TestPortal.await("bytes", () -> moved() == 100_000);
      assertThat(portal.home(account).resolve("f")).doesNotExist();
      try (RawClient other = RawClient.loggedIn(portal, account.username())) {
        assertThat(other.fetch("LIST")).isEmpty();
      }
    }
    assertThat(client.reply()).startsWith("226 ");
    assertThat(portal.home(account).resolve("f")).hasSize(100_000);
  }

  private long moved() {
    return portal.transfers.active().stream()
        .filter(t -> t.description().account().equals(Optional.of(account.username())))
        .mapToLong(t -> t.bytes())
        .sum();
  }

  @Test
  void overQuotaDuringDataLeavesNothing() throws Exception {
    client.close();
    logIn(OnConflict.OVERWRITE, Optional.of(1_000_000L));
    assertThat(client.store("STOR f", noise(1_000_001))).startsWith("552 ");
    assertNothingStored();
    assertThat(lastOutcome()).isEqualTo(TransferOutcome.REFUSED);
    assertThat(client.store("STOR g", noise(1_000_000))).startsWith("226 ");
    assertThat(client.store("STOR h", noise(1))).startsWith("552 ");
    assertThat(client.command("SIZE h")).startsWith("550 ");
  }

  @Test
  void overQuotaThatIsKnownIsRefusedBeforeData() throws Exception {
    client.close();
    logIn(OnConflict.OVERWRITE, Optional.of(1_000L));
    client.data().close();
    assertThat(client.command("ALLO 1001")).startsWith("552 ");
    assertThat(client.store("STOR f", noise(1000))).startsWith("226 ");
    client.data().close();
    assertThat(client.command("ALLO 500")).as("it may replace f").startsWith("200 ");
    assertThat(client.command("STOR g")).startsWith("552 ");
    assertThat(client.command("ALLO 500")).startsWith("200 ");
    assertThat(client.store("STOR f", noise(500))).startsWith("226 ");
    client.close();
    logIn(OnConflict.REJECT, Optional.of(1_000L));
    client.store("STOR f", noise(900));
    assertThat(client.command("ALLO 101")).as("nothing is replaced").startsWith("552 ");
    assertThat(client.command("ALLO 100")).startsWith("200 ");
  }

  @Test
  void abortOfAnUploadPublishesNothing() throws Exception {
    try (Socket data = client.data()) {
      client.command("STOR f");
      data.getOutputStream().write(noise(100_000));
      TestPortal.await("bytes", () -> moved() == 100_000);
      assertThat(client.command("STAT")).contains("/f: 100000 bytes moved");
      assertThat(client.command("NOOP")).startsWith("200 ");
      assertThat(client.command("ABOR")).startsWith("426 ");
      assertThat(client.reply()).startsWith("226 ");
    }
    assertNothingStored();
    assertThat(lastOutcome()).isEqualTo(TransferOutcome.ABORTED);
    assertThat(client.store("STOR f", noise(10))).startsWith("226 ");
  }

  @Test
  void abortOfADownloadIsHeard() throws Exception {
    portal.file(account, "big", new byte[0]);
    try (RandomAccessFile big =
        new RandomAccessFile(portal.home(account).resolve("big").toFile(), "rw")) {
      big.setLength(1L << 30);
    }
    try (Socket data = client.data()) {
      client.command("RETR big");
      assertThat(data.getInputStream().read()).isZero();
      client.send(new byte[] {(byte) 0xFF, (byte) 0xF4, (byte) 0xFF, (byte) 0xF2});
      assertThat(client.command("ABOR")).startsWith("426 ");
      assertThat(client.reply()).startsWith("226 ");
      assertThatThrownBy(() -> data.getInputStream().transferTo(OutputStream.nullOutputStream()))
          .isInstanceOf(IOException.class);
    }
    assertThat(client.command("NOOP")).startsWith("200 ");
  }

  @Test
  void abortWhileNobodyConnects() throws Exception {
    client.command("EPSV");
    client.command("STOR f");
    assertThat(client.command("ABOR")).startsWith("426 ");
    assertThat(client.reply()).startsWith("226 ");
    assertNothingStored();
    assertThat(client.store("STOR f", noise(10))).startsWith("226 ");
  }

  @Test
  void missingDataConnectionIsSaid() throws Exception {
    client.command("EPSV");
    assertThat(client.command("STOR f")).startsWith("150 ");
    assertThat(client.reply()).startsWith("425 No data connection came to port ");
    assertNothingStored();
    assertThat(client.store("STOR f", noise(10))).startsWith("226 ");
  }

  @Test
  void brokenUploadPublishesNothing() throws Exception {
    Socket data = client.data();
    client.command("STOR f");
    data.getOutputStream().write(noise(100_000));
    TestPortal.await("bytes", () -> moved() == 100_000);
    RawClient.reset(data);
    assertThat(client.reply()).startsWith("426 ");
    assertNothingStored();
  }

  /** A client that dies sends an orderly end of both connections, the control one first. */
  @Test
  void uploadOfADeadClientIsNotTakenAsWhole() throws Exception {
    for (int i = 0; i < 20; i++) {
      Socket data = client.data();
      client.command("STOR f");
      data.getOutputStream().write(noise(100_000));
      TestPortal.await("bytes", () -> moved() == 100_000);
      client.close();
      data.close();
      TestPortal.await("the end", () -> moved() == 0);
      assertNothingStored();
      client = RawClient.loggedIn(portal, account.username());
    }
  }

  @Test
  void quitWaitsForTheTransfer() throws Exception {
    try (Socket data = client.data()) {
      client.command("STOR f");
      data.getOutputStream().write(noise(10));
      client.send("QUIT");
      data.getOutputStream().write(noise(10));
    }
    assertThat(client.reply()).startsWith("226 ");
    assertThat(client.reply()).startsWith("221 ");
    assertThat(portal.home(account).resolve("f")).hasSize(20);
  }

  @Test
  void conflictsGoAsTheAccountWants() throws Exception {
    client.store("STOR f", noise(1));
    assertThat(client.store("STOR f", noise(2))).startsWith("226 ");
    assertThat(portal.usedBytes(account.id())).isEqualTo(2);
    client.close();
    logIn(OnConflict.REJECT, Optional.empty());
    client.store("STOR f", noise(1));
    assertThat(client.store("STOR f", noise(2))).startsWith("553 ");
    client.close();
    logIn(OnConflict.RENAME, Optional.empty());
    client.store("STOR f", noise(1));
    assertThat(client.store("STOR f", noise(2)))
        .isEqualTo("226 Transfer complete; stored as \"/f.new\".");
    assertThat(client.store("STOR f", noise(3)))
        .isEqualTo("226 Transfer complete; stored as \"/f.new.2\".");
  }

  @Test
  void suspensionEndsASessionInTheMiddleOfATransfer() throws Exception {
    try (Socket data = client.data()) {
      client.command("STOR f");
      data.getOutputStream().write(noise(1000));
      TestPortal.await("bytes", () -> moved() == 1000);
      long before = System.nanoTime();
      portal.accounts.setStatus(
          account.username(), AccountStatus.SUSPENDED, Optional.of("test"), Who.SYSTEM);
      String reply = client.reply();
      if (reply.startsWith("426 ")) {
        reply = client.reply();
      }
      assertThat(reply).isEqualTo("421 The account is suspended; closing the connection.");
      assertThat(System.nanoTime() - before).isLessThan(1_000_000_000L);
    }
    assertNothingStored();
  }

  @Test
  void administratorCanStopATransfer() throws Exception {
    try (Socket data = client.data()) {
      client.command("STOR f");
      data.getOutputStream().write(noise(1000));
      TestPortal.await("bytes", () -> moved() == 1000);
      portal.transfers.active().forEach(t -> t.cancel());
      assertThat(client.reply()).startsWith("426 ");
    }
    assertNothingStored();
    assertThat(client.command("NOOP")).startsWith("200 ");
  }
}
