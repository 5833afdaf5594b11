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
    portal = new TestPortal(folder);
    account = portal.account("ann");
    large = fill(portal, account, FILES, "rather a long name ");
  }

  private static Path fill(TestPortal portal, Account account, int files, String name)
      throws IOException {
    Path made = Files.createDirectories(portal.home(account).resolve("large"));
    for (int i = 0; i < files; i++) {
      Files.createFile(made.resolve(name + i));
    }
    return made;
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

  private static boolean isOpen(Path file) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.anyMatch(fd -> {
        try {
          return Files.readSymbolicLink(fd).equals(file);
        } catch (IOException e) {
          return false;
        }
      });
    }
  }

  /** A client that reads nothing, until the server cannot go on. */
  private static Socket stalled(RawClient client, String line, Path open) throws Exception {
    Matcher m = Pattern.compile("\\|(\\d+)\\|").matcher(client.command("EPSV"));
    assertThat(m.find()).isTrue();
    Socket data = new Socket();
    data.setReceiveBufferSize(4096);
    data.connect(new InetSocketAddress(portal.address.getAddress(), Integer.parseInt(m.group(1))));
    assertThat(client.command(line)).startsWith("150 ");
    TestPortal.await("it is open", () -> isOpen(open));
    return data;
  }

  /** While it waits in the middle, it holds no more than a few entries. */
  @ParameterizedTest
  @ValueSource(strings = {"LIST large", "NLST large", "MLSD large", "NLST large/r*"})
  void largeFoldersAreListedInConstantMemoryAndBoundedTime(String line) throws Exception {
    Set<String> names = HashSet.newHashSet(FILES);
    try (Socket data = stalled(client, line, large)) {
      assertThat(alive(FileFacts.class)).isLessThan(500);
      long before = System.nanoTime();
      String text = new String(data.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(System.nanoTime() - before).isLessThan(LONG.toNanos());
      text.lines().forEach(l -> names.add(l.substring(l.indexOf("rather"))));
    }
    assertThat(client.reply()).startsWith("226 ");
    assertThat(names).hasSize(FILES);
    assertThat(isOpen(large)).isFalse();
  }

  @Test
  void aListingCanBeBrokenOff() throws Exception {
    try (Socket data = client.data()) {
      client.command("LIST large");
      data.getInputStream().read();
      RawClient.reset(data);
    }
    assertThat(client.reply()).startsWith("426 ");
    try (Socket data = stalled(client, "LIST large", large)) {
      assertThat(client.command("ABOR")).startsWith("426 ");
      assertThat(client.reply()).startsWith("226 ");
    }
    assertThat(isOpen(large)).isFalse();
    assertThat(client.command("NOOP")).startsWith("200 ");
  }

  /** Commands keep the session, not what has stalled; without any the session ends too. */
  @Test
  void whoReadsNoMoreHoldsNothingForLong() throws Exception {
    try (TestPortal impatient =
        new TestPortal(folder.resolve("2"), Map.of("slipway.ftp.idle", "2s"))) {
      Account bob = impatient.account("bob");
      Path many = fill(impatient, bob, 5000, "x".repeat(200));
      Path big = impatient.file(bob, "big", new byte[0]);
      try (var file = new java.io.RandomAccessFile(big.toFile(), "rw")) {
        file.setLength(1L << 30);
      }
      try (RawClient busy = RawClient.loggedIn(impatient, "bob")) {
        assertBrokenOffThoughCommandsCome(busy, "LIST large", many);
        assertBrokenOffThoughCommandsCome(busy, "RETR big", big);
      }
      try (RawClient idle = RawClient.loggedIn(impatient, "bob");
          Socket data = stalled(idle, "MLSD large", many)) {
        String reply = idle.reply();
        if (reply.startsWith("426 ")) {
          reply = idle.reply();
        }
        assertThat(reply).startsWith("421 Idle ");
        TestPortal.await("it is closed", () -> !isOpen(many));
      }
    }
  }

  private static void assertBrokenOffThoughCommandsCome(RawClient busy, String line, Path open)
      throws Exception {
    try (Socket data = stalled(busy, line, open)) {
      TestPortal.await("it is broken off", () -> busy.command("NOOP").startsWith("426 "));
      assertThat(busy.reply()).startsWith("200 ");
      TestPortal.await("it is closed", () -> !isOpen(open));
      assertThat(busy.command("PWD")).startsWith("257 ");
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
