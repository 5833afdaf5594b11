package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  /** So large that its checksum never comes to its end while a test runs. */
  private void endless(String name) throws Exception {
    try (RandomAccessFile big =
        new RandomAccessFile(portal.home(account).resolve(name).toFile(), "rw")) {
      big.setLength(2000L << 30);
    }
  }

  private boolean isOpen(String name) throws Exception {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.anyMatch(fd -> {
        try {
          return Files.readSymbolicLink(fd).equals(portal.home(account).resolve(name));
        } catch (IOException e) {
          return false;
        }
      });
    }
  }

  private static void beginHash(RawClient client, String name) throws Exception {
    client.send("HASH " + name);
    TestPortal.await(
        "some bytes were read",
        () -> client.command("STAT").matches("(?s).*Checksum: [1-9]\\d* of \\d+ bytes read.*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HASH big", "XCRC big", "XMD5 \"big\" 1", "XSHA256 big"})
  void commandsAreHeardWhileAChecksumIsComputed(String line) throws Exception {
    endless("big");
    client.send(line);
    assertThat(client.command("NOOP")).startsWith("200 ");
    TestPortal.await("begun", () -> client.command("STAT").contains("Checksum: "));
    assertThat(isOpen("big")).isTrue();
    assertThat(client.command("ABOR")).isEqualTo("426 Broken off; no checksum was computed.");
    assertThat(client.reply()).startsWith("226 ");
    assertThat(isOpen("big")).isFalse();
    assertThat(client.command("STAT")).contains("No file is moving");
    assertThat(client.command("XCRC a b")).startsWith("250 ");
  }

  /** As they came, since the answers of FTP have no numbers. */
  @Test
  void otherCommandsWaitForTheChecksum() throws Exception {
    portal.file(account, "f", new byte[3_000_000]);
    client.send("XMD5 f\r\nPWD\r\nXCRC a b");
    assertThat(client.reply()).startsWith("250 ");
    assertThat(client.reply()).startsWith("257 ");
    assertThat(client.reply()).isEqualTo("250 3610A686");
  }

  @Test
  void whoLeavesEndsTheChecksum() throws Exception {
    endless("big");
    beginHash(client, "big");
    assertThat(client.command("QUIT")).startsWith("426 ");
    assertThat(client.reply()).startsWith("221 ");
    assertThat(client.reply()).isEmpty();
    TestPortal.await("no session", () -> portal.listener.sessionCount() == 0);
    assertThat(isOpen("big")).isFalse();
  }

  @Test
  void nothingIsComputedForWhoIsGone() throws Exception {
    endless("big");
    beginHash(client, "big");
    client.close();
    TestPortal.await("no session", () -> portal.listener.sessionCount() == 0);
    TestPortal.await("the file is closed", () -> !isOpen("big"));
  }

  @Test
  void theEndOfTheSessionEndsAChecksum() throws Exception {
    endless("big");
    beginHash(client, "big");
    long before = System.nanoTime();
    portal.accounts.setStatus("ann", AccountStatus.SUSPENDED, Optional.of("x"), Who.SYSTEM);
    String reply = client.reply();
    if (reply.startsWith("426 ")) {
      reply = client.reply();
    }
    assertThat(reply).startsWith("421 ");
    assertThat(System.nanoTime() - before).isLessThan(10_000_000_000L);
    TestPortal.await("no session", () -> portal.listener.sessionCount() == 0);
    TestPortal.await("the file is closed", () -> !isOpen("big"));
  }

  /** Half of them wait for their turn. */
  @Test
  void whoComputesOrWaitsForItsTurnIsNotIdle() throws Exception {
    endless("big");
    try (TestPortal impatient =
        new TestPortal(folder.resolve("2"), Map.of("slipway.ftp.idle", "2s"))) {
      Account bob = impatient.account("bob");
      Files.createDirectories(impatient.home(bob));
      Files.createLink(impatient.home(bob).resolve("big"), portal.home(account).resolve("big"));
      int many = 2 * Runtime.getRuntime().availableProcessors();
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        RawClient next = RawClient.loggedIn(impatient, "bob");
        clients.add(next);
        next.send("HASH big");
      }
      long end = System.nanoTime() + 2_700_000_000L;
      TestPortal.await("longer than idle", () -> System.nanoTime() > end);
      for (RawClient next : clients) {
        assertThat(next.command("NOOP")).startsWith("200 ");
        assertThat(next.command("ABOR")).startsWith("426 ");
        assertThat(next.reply()).startsWith("226 ");
        next.close();
      }
    }
  }

  /** Those of large files give way. */
  @Test
  void manyLargeFilesHoldUpNeitherASmallOneNorATransfer() throws Exception {
    endless("big");
    byte[] content = new byte[3_000_000];
    portal.file(account, "f", content);
    List<RawClient> greedy = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      RawClient next = RawClient.loggedIn(portal, "ann");
      greedy.add(next);
      next.send("HASH big");
    }
    long before = System.nanoTime();
    assertThat(client.command("HASH a b")).endsWith(SHA256_OF_HELLO + " /a b");
    assertThat(client.fetch("RETR f")).isEqualTo(content);
    assertThat(System.nanoTime() - before).isLessThan(20_000_000_000L);
    for (RawClient next : greedy) {
      next.close();
    }
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
