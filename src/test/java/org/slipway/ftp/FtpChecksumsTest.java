package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountStatus;
import org.slipway.audit.Who;

/** What a client asks to compare its files with ours: checksums and times. */
class FtpChecksumsTest {
  private static final String SHA256_OF_HELLO =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
  private static final String MD5_OF_HELLO = "5D41402ABC4B2A76B9719D911017C592";
  @TempDir Path folder;
  private TestPortal portal;
  private Account account;
  private RawClient client;

  @BeforeEach
  void start() throws Exception {
    portal = new TestPortal(folder);
    account = portal.account("ann");
    portal.file(account, "a b", "hello".getBytes(StandardCharsets.US_ASCII));
    client = RawClient.loggedIn(portal, "ann");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    portal.close();
  }

  private Instant modified() throws Exception {
    return Files.getLastModifiedTime(portal.home(account).resolve("a b")).toInstant();
  }

  @Test
  void hashIsOfTheChosenAlgorithm() throws Exception {
    assertThat(client.command("HASH a b"))
        .isEqualTo("213 SHA-256 0-5 " + SHA256_OF_HELLO + " /a b");
    assertThat(client.command("FEAT")).contains(" HASH SHA-256*;SHA-512;CRC32");
    assertThat(client.command("OPTS HASH")).isEqualTo("200 SHA-256");
    assertThat(client.command("OPTS HASH crc32")).isEqualTo("200 CRC32");
    assertThat(client.command("HASH a b")).isEqualTo("213 CRC32 0-5 3610a686 /a b");
    assertThat(client.command("FEAT")).contains(" HASH SHA-256;SHA-512;CRC32*");
    assertThat(client.command("OPTS HASH SHA-512")).isEqualTo("200 SHA-512");
    assertThat(client.command("HASH a b"))
        .matches("213 SHA-512 0-5 9b71d224bd62[0-9a-f]{116} /a b");
    for (String other : List.of("MD5", "SHA-3")) {
      assertThat(client.command("OPTS HASH " + other)).startsWith("501 ");
    }
    assertThat(client.command("OPTS HASH")).isEqualTo("200 SHA-512");
    assertThat(client.command("HASH missing")).startsWith("550 ");
    assertThat(client.command("HASH /")).startsWith("550 ");
  }

  @Test
  void olderClientsHaveTheirCommandsToo() throws Exception {
    assertThat(client.command("XCRC a b")).isEqualTo("250 3610A686");
    assertThat(client.command("XMD5 \"a b\"")).isEqualTo("250 " + MD5_OF_HELLO);
    assertThat(client.command("XSHA256 a b"))
        .isEqualTo("250 " + SHA256_OF_HELLO.toUpperCase(java.util.Locale.ROOT));
    assertThat(client.command("XCRC \"a b\" 1 3")).as("el").isEqualTo("250 1D57A06E");
    assertThat(client.command("XCRC \"a b\" 5")).isEqualTo("250 00000000");
    assertThat(client.command("XCRC \"a b\" 3 6")).startsWith("501 ");
    assertThat(client.command("XCRC \"a b\" 3 2")).startsWith("501 ");
  }

  @Test
  void theEndOfTheSessionEndsAChecksum() throws Exception {
    try (RandomAccessFile big =
        new RandomAccessFile(portal.home(account).resolve("big").toFile(), "rw")) {
      big.setLength(200L << 30);
    }
    client.send("HASH big");
    long sent = System.nanoTime();
    TestPortal.await("begun", () -> System.nanoTime() - sent > 300_000_000L);
    assertThat(client.socket.getInputStream().available()).as("it takes its time").isZero();
    long before = System.nanoTime();
    portal.accounts.setStatus("ann", AccountStatus.SUSPENDED, Optional.of("x"), Who.SYSTEM);
    String reply = client.reply();
    if (reply.startsWith("426 ")) {
      reply = client.reply();
    }
    assertThat(reply).startsWith("421 ");
    assertThat(System.nanoTime() - before).isLessThan(2_000_000_000L);
    TestPortal.await("no session", () -> portal.listener.sessionCount() == 0);
  }

  @Test
  void timesOfFilesAreSet() throws Exception {
    assertThat(client.command("MFMT 20200229010203 a b"))
        .isEqualTo("213 Modify=20200229010203; /a b");
    assertThat(modified()).isEqualTo(Instant.parse("2020-02-29T01:02:03Z"));
    assertThat(client.command("MDTM a b")).isEqualTo("213 20200229010203");
    assertThat(client.command("MFF Modify=20190101000000; a b"))
        .isEqualTo("213 modify=20190101000000; /a b");
    assertThat(modified()).isEqualTo(Instant.parse("2019-01-01T00:00:00Z"));
    assertThat(client.command("SITE UTIME 202101020304 a b")).startsWith("200 ");
    assertThat(modified()).isEqualTo(Instant.parse("2021-01-02T03:04:00Z"));
    assertThat(client.command("SITE UTIME a b 20220101000000 20220102000000 20220103000000 UTC"))
        .startsWith("200 ");
    assertThat(modified()).isEqualTo(Instant.parse("2022-01-02T00:00:00Z"));
    TestPortal.await("audit", () -> portal.audit.count("/a b") >= 4);
    for (String line :
        List.of(
            "MFMT 20210229000000 a b",
            "MFMT 19691231235959 a b",
            "MFMT now a b",
            "MFMT 20200101000000",
            "MFF modify=x; a b",
            "SITE UTIME a b")) {
      assertThat(client.command(line)).as(line).startsWith("501 ");
    }
    assertThat(client.command("MFF UNIX.mode=0644; a b")).startsWith("504 ");
    assertThat(client.command("MFMT 20200101000000 missing")).startsWith("550 ");
    client.command("MKD d");
    assertThat(client.command("MFMT 20200101000000 d")).startsWith("550 ");
    assertThat(modified()).isEqualTo(Instant.parse("2022-01-02T00:00:00Z"));
    assertThat(client.command("FEAT")).contains(" MFMT", " MFF modify;");
  }
}
