package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DeflaterOutputStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;
import org.slipway.transfers.TransferOutcome;
import org.slipway.transfers.TransferRecord;

/**
 * What is known of the length of an upload, and what is refused because it is known to be short.
 */
class FtpUploadTruthTest {
  private static final byte[] CONTENT = noise(3000);
  private static final Optional<Boolean> PROVEN = Optional.of(true);
  private static final Optional<Boolean> UNKNOWN = Optional.of(false);

  private static final AtomicInteger NAMES = new AtomicInteger();

  @TempDir static Path folder;
  private static TestPortal portal;
  private Account account;
  private RawClient client;
  private long seen;

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
    account = portal.account("user" + NAMES.incrementAndGet());
    client = RawClient.loggedIn(portal, account.username());
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

  /** The row of the transfer that has just ended. */
  private TransferRecord row() throws Exception {
    Optional<String> own = Optional.of(account.username());
    TestPortal.await("row", () -> portal.transferLog.count("", own) > seen);
    seen++;
    return portal.transferLog.page("", own, 0, 1).getFirst();
  }

  private Optional<Boolean> stored(String command, byte[] content) throws Exception {
    assertThat(client.store(command, content)).startsWith("226 ");
    TransferRecord row = row();
    assertThat(row.outcome()).isEqualTo(TransferOutcome.COMPLETE);
    return row.lengthVerified();
  }

  private void assertRefusedAsTruncated(String command, byte[] content) throws Exception {
    long used = portal.usedBytes(account.id());
    assertThat(client.store(command, content)).startsWith("426 ").contains("ALLO announced");
    TransferRecord row = row();
    assertThat(row.outcome()).isEqualTo(TransferOutcome.ABORTED);
    assertThat(row.reason()).contains("shorter than announced by ALLO");
    assertThat(row.lengthVerified()).isEmpty();
    TestPortal.await("nothing staged", () -> portal.staged() == 0);
    assertThat(portal.usedBytes(account.id())).isEqualTo(used);
    assertThat(client.command("NOOP")).startsWith("200 ");
  }

  @Test
  void theEndOfAPlainConnectionProvesNothing() throws Exception {
    assertThat(stored("STOR f", CONTENT)).isEqualTo(UNKNOWN);
    client.fetch("RETR f");
    assertThat(row().lengthVerified()).as("a download").isEmpty();
  }

  @Test
  void exactlyWhatWasAnnouncedIsWhole() throws Exception {
    client.command("ALLO 3000");
    assertThat(stored("STOR f", CONTENT)).isEqualTo(PROVEN);
    assertThat(stored("STOR f", CONTENT)).as("it counts for one upload").isEqualTo(UNKNOWN);
    client.command("ALLO 0");
    assertThat(stored("STOR empty", new byte[0])).isEqualTo(PROVEN);
    client.command("ALLO 3000 R 512");
    assertThat(stored("STOU", CONTENT)).isEqualTo(PROVEN);
  }

  /** As lftp can where FEAT lists it, with the size of the whole file also behind REST. */
  @Test
  void aClientIsToldThatItMayAnnounce() throws Exception {
    assertThat(client.command("FEAT").lines()).contains(" ALLO");
  }

  @Test
  void moreThanWasAnnouncedIsKeptUnproven() throws Exception {
    client.command("ALLO 2999");
    assertThat(stored("STOR f", CONTENT)).isEqualTo(UNKNOWN);
    assertThat(portal.home(account).resolve("f")).hasBinaryContent(CONTENT);
  }

  @Test
  void lessThanWasAnnouncedNeverBecomesAFile() throws Exception {
    client.command("ALLO 3001");
    assertRefusedAsTruncated("STOR f", CONTENT);
    assertThat(portal.home(account).resolve("f")).doesNotExist();
    byte[] old = noise(10);
    stored("STOR f", old);
    client.command("ALLO 3001");
    assertRefusedAsTruncated("STOR f", CONTENT);
    assertThat(portal.home(account).resolve("f")).hasBinaryContent(old);
  }

  @Test
  void whatIsAddedCountsTowardsTheWholeFile() throws Exception {
    stored("STOR f", CONTENT);
    client.command("ALLO 3100");
    client.command("REST 3000");
    assertRefusedAsTruncated("STOR f", noise(99));
    client.command("ALLO 3100");
    client.command("REST 3000");
    assertThat(stored("STOR f", noise(100))).isEqualTo(PROVEN);
    client.command("ALLO 50");
    assertThat(stored("APPE f", noise(50))).as("ALLO counts what comes").isEqualTo(PROVEN);
    client.command("ALLO 50");
    assertThat(stored("APPE f", noise(49))).as("or the whole? unclear").isEqualTo(UNKNOWN);
    client.command("ALLO 4000");
    assertRefusedAsTruncated("APPE f", noise(50));
    assertThat(portal.home(account).resolve("f")).hasSize(3199);
  }

  @Test
  void textIsNeverTakenForShort() throws Exception {
    client.command("TYPE A");
    client.command("ALLO 4");
    assertThat(stored("STOR t", "a\r\nb\r\n".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(PROVEN);
    client.command("ALLO 6");
    assertThat(stored("STOR t", "a\r\nb\r\n".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(UNKNOWN);
  }

  @Test
  void theEndMarkOfCompressedDataProvesTheLengthWhateverWasAnnounced() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(CONTENT);
    }
    client.command("MODE Z");
    assertThat(stored("STOR f", out.toByteArray())).isEqualTo(PROVEN);
    client.command("ALLO 9000");
    assertThat(stored("STOR f", out.toByteArray())).isEqualTo(PROVEN);
  }

  @Test
  void aCloseNotifyProvesTheLengthWhateverWasAnnounced() throws Exception {
    SSLContext context = TrustsAnybody.context();
    client.command("REIN");
    assertThat(client.command("AUTH TLS")).startsWith("234 ");
    client.secure(context);
    client.command("USER " + account.username());
    assertThat(client.command("PASS " + TestPortal.PASSWORD)).startsWith("230 ");
    client.command("TYPE I");
    client.command("PBSZ 0");
    assertThat(client.command("PROT P")).startsWith("200 ");
    client.command("ALLO 9000");
    try (ProtectedData data = client.protectedData("STOR f", context)) {
      data.write(CONTENT);
    }
    assertThat(client.reply()).startsWith("226 ");
    assertThat(row().lengthVerified()).isEqualTo(PROVEN);
  }
}
