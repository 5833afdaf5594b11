package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.accounts.Account;
import org.slipway.storage.FileFacts;

/** Listings of large folders go out while the folder is read. */
class FtpListingTest {
  private static final int FILES = 100_000;
  private static final Duration LONG = Duration.ofSeconds(20);
  @TempDir static Path folder;
  private static TestPortal portal;
  private static Account account;
  private static Path large;
  private RawClient client;

  @BeforeAll
  static void startPortal() throws Exception {
    portal = new TestPortal(folder, Map.of("slipway.ftp.idle", "2s"));
    account = portal.account("ann");
    large = Files.createDirectories(portal.home(account).resolve("large"));
    for (int i = 0; i < FILES; i++) {
      Files.createFile(large.resolve("rather a long name " + i));
    }
  }

  @AfterAll
  static void stopPortal() {
    portal.close();
  }

  @BeforeEach
  void logIn() throws Exception {
    client = RawClient.loggedIn(portal, "ann");
  }

  /** How many there are that are in use. */
  private static long alive(Class<?> type) throws Exception {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {null},
                    new String[] {String[].class.getName()});
    Matcher line =
        Pattern.compile("\\d+: +(\\d+) +\\d+ +" + Pattern.quote(type.getName()) + "\\s")
            .matcher(histogram);
    return line.find() ? Long.parseLong(line.group(1)) : 0;
  }

  private static boolean isOpen() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.anyMatch(fd -> {
        try {
          return Files.readSymbolicLink(fd).equals(large);
        } catch (IOException e) {
          return false;
        }
      });
    }
  }

  /** A client that reads nothing, until the server cannot go on. */
  private Socket stalled(String line) throws Exception {
    Matcher m = Pattern.compile("\\|(\\d+)\\|").matcher(client.command("EPSV"));
    assertThat(m.find()).isTrue();
    Socket data = new Socket();
    data.setReceiveBufferSize(4096);
    data.connect(new InetSocketAddress(portal.address.getAddress(), Integer.parseInt(m.group(1))));
    assertThat(client.command(line)).startsWith("150 ");
    TestPortal.await("the folder is open", FtpListingTest::isOpen);
    return data;
  }

  /** While it waits in the middle, it holds no more than a few entries. */
  @ParameterizedTest
  @ValueSource(strings = {"LIST large", "NLST large", "MLSD large", "NLST large/r*"})
  void largeFoldersAreListedInConstantMemoryAndBoundedTime(String line) throws Exception {
    Set<String> names = HashSet.newHashSet(FILES);
    try (Socket data = stalled(line)) {
      assertThat(alive(FileFacts.class)).isLessThan(500);
      long before = System.nanoTime();
      String text = new String(data.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(System.nanoTime() - before).isLessThan(LONG.toNanos());
      text.lines().forEach(l -> names.add(l.substring(l.indexOf("rather"))));
    }
    assertThat(client.reply()).startsWith("226 ");
    assertThat(names).hasSize(FILES);
    assertThat(isOpen()).isFalse();
  }

  @Test
  void aListingCanBeBrokenOff() throws Exception {
    try (Socket data = client.data()) {
      client.command("LIST large");
      data.getInputStream().read();
      RawClient.reset(data);
    }
    assertThat(client.reply()).startsWith("426 ");
    try (Socket data = stalled("LIST large")) {
      assertThat(client.command("ABOR")).startsWith("426 ");
      assertThat(client.reply()).startsWith("226 ");
    }
    assertThat(isOpen()).isFalse();
    assertThat(client.command("NOOP")).startsWith("200 ");
  }

  @Test
  void whoReadsNoMoreHoldsNothingForLong() throws Exception {
    try (Socket data = stalled("MLSD large")) {
      String reply = client.reply();
      if (reply.startsWith("426 ")) {
        reply = client.reply();
      }
      assertThat(reply).startsWith("421 Idle ");
      TestPortal.await("the folder is closed", () -> !isOpen());
    }
  }

  /** Commands keep the session, not what has stalled. */
  @ParameterizedTest
  @ValueSource(strings = {"LIST large", "RETR big"})
  void commandsDoNotKeepAStalledTransfer(String line) throws Exception {
    Path big = portal.home(account).resolve("big");
    try (var file = new java.io.RandomAccessFile(big.toFile(), "rw")) {
      file.setLength(1L << 30);
    }
    try (Socket data = client.data()) {
      assertThat(client.command(line)).startsWith("150 ");
      String[] reply = {""};
      TestPortal.await(
          "it is broken off",
          () -> {
            reply[0] = client.command("NOOP");
            return reply[0].startsWith("426 ");
          });
      assertThat(client.reply()).startsWith("200 ");
      TestPortal.await("the folder is closed", () -> !isOpen());
      assertThat(client.command("PWD")).startsWith("257 ");
    }
  }

  private String listed(String line) throws IOException {
    return new String(client.fetch(line), StandardCharsets.UTF_8);
  }

  @Test
  void namesCanBeUsedAsTheyAreListed() throws Exception {
    portal.file(account, "d/e/f 1", new byte[] {1, 2, 3});
    assertThat(listed("NLST d/e")).isEqualTo("d/e/f 1\r\n");
    assertThat(listed("NLST /d/e/")).isEqualTo("/d/e/f 1\r\n");
    assertThat(listed("NLST -a d/e/f 1")).isEqualTo("d/e/f 1\r\n");
    client.command("CWD d/e");
    for (String same : new String[] {"", " .", " /d/e", " -la"}) {
      assertThat(listed("NLST" + same)).as(same).isEqualTo("f 1\r\n");
    }
    assertThat(listed("NLST ..")).isEqualTo("../e\r\n");
    client.command("CDUP");
    for (String name : listed("NLST e").lines().toList()) {
      assertThat(client.fetch("RETR " + name)).hasSize(3);
    }
  }

  @Test
  void wildcardsChooseAmongTheNamesOfOneFolder() throws Exception {
    for (String name : new String[] {"a.txt", "b.txt", "c.bin", "s*r", "star"}) {
      portal.file(account, "w/" + name, new byte[0]);
    }
    assertThat(listed("NLST w/*.txt").lines()).containsExactlyInAnyOrder("w/a.txt", "w/b.txt");
    assertThat(listed("NLST w/s*r").lines()).as("there is one").containsExactly("w/s*r");
    client.command("CWD w");
    assertThat(listed("NLST ?.*").lines()).containsExactlyInAnyOrder("a.txt", "b.txt", "c.bin");
    assertThat(listed("LIST -la *.txt").lines())
        .hasSize(2)
        .anyMatch(l -> l.matches("-rw.* a\\.txt"));
    assertThat(listed("LIST *.none")).isEmpty();
    client.data().close();
    assertThat(client.command("LIST none/*")).startsWith("550 ");
    assertThat(client.command("LIST a.txt/*")).startsWith("550 ");
    assertThat(client.command("LIST */a.txt")).as("only in the last name").startsWith("550 ");
    assertThat(client.command("RETR *.txt")).startsWith("550 ");
  }
}
