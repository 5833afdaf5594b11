package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;
import org.slipway.accounts.QuotaLedger.Amount;
import org.slipway.settings.SettingText;

/**
 * Clients that say anything, on the control and on the data connection: the listener goes on, its
 * replies keep their form and tell nothing, and nothing is left behind. It runs for a few seconds;
 * {@code -Dslipway.test.fuzz=10m} lets it run longer, {@code -Dslipway.test.fuzz.seed=N} begins
 * with the conversations of a failure.
 */
class FtpFuzzTest {
  private static final Duration TIME =
      SettingText.duration(System.getProperty("slipway.test.fuzz", "6s"));
  private static final long SEED =
      Long.getLong("slipway.test.fuzz.seed", System.currentTimeMillis() * 1000);
  private static final int AT_ONCE = 16;
  private static final int ACCOUNTS = 4;
  private static final int BATCH = 64;
  private static final long QUOTA = 3 << 20;
  private static final int SPARE_FILES = 100;
  private static final Pattern FIRST_LINE = Pattern.compile("[1-5]\\d\\d[ -].*");

  @TempDir static Path folder;
  private static TestPortal portal;
  private static final List<Account> FUZZED = new ArrayList<>();
  private static final ConcurrentLinkedQueue<String> FAULTS = new ConcurrentLinkedQueue<>();
  private static final Handler FAULT_LOG = new FaultLog();
  private static Pattern internals;

  /** Whatever is logged as our fault. */
  private static final class FaultLog extends Handler {
    @Override
    public void publish(LogRecord entry) {
      if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
        FAULTS.add(entry.getMessage() + ": " + entry.getThrown());
      }
    }

    @Override
    public void flush() {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // The same.
    }
  }

  @BeforeAll
  static void start() throws Exception {
    Logger.getLogger("org.slipway").addHandler(FAULT_LOG);
    portal =
        new TestPortal(
            folder,
            Map.of("slipway.ftp.max-sessions-per-address", "500"),
            new TestPortal.Patience(Duration.ofMillis(150), Duration.ofMinutes(1)));
    internals =
        Pattern.compile(
            "java\\.|org\\.slipway|Exception|\tat |null|homes|" + Pattern.quote(folder.toString()));
    portal.account("healthy");
    RawClient.loggedIn(portal, "healthy").close();
    for (int i = 0; i < ACCOUNTS; i++) {
      FUZZED.add(portal.account("fuzz" + i, e -> e.quota(Optional.of(QUOTA), Optional.of(1000L))));
      prepare(FUZZED.get(i));
    }
  }

  @AfterAll
  static void stop() {
    portal.close();
    Logger.getLogger("org.slipway").removeHandler(FAULT_LOG);
  }

  private static void prepare(Account account) throws IOException {
    try (RawClient client = RawClient.loggedIn(portal, account.username())) {
      client.command("MKD d");
      assertThat(client.store("STOR a", new byte[200_000])).startsWith("226 ");
      assertThat(client.store("STOR d/b", "one\r\ntwo\n".getBytes(StandardCharsets.US_ASCII)))
          .startsWith("226 ");
    }
  }

  @Test
  void nothingThatAClientSaysBreaksTheListener() throws Exception {
    long end = System.nanoTime() + TIME.toNanos();
    long seed = SEED;
    StringBuilder all = new StringBuilder();
    long files = 0;
    do {
      try {
        batch(seed, all);
        assertNothingIsLeft();
        assertHealthy();
      } catch (Throwable e) {
        throw new AssertionError(
            "-Dslipway.test.fuzz.seed=" + seed + " (and the " + BATCH + " from there)", e);
      }
      seed += BATCH;
      files = files == 0 ? openFiles() : files;
      all.setLength(Math.min(all.length(), 1 << 20));
    } while (System.nanoTime() < end);
    long before = files;
    TestPortal.await(
        "no file stays open: " + openFiles() + " in place of " + before,
        () -> openFiles() <= before + SPARE_FILES);
    assertThat(all.toString()).as("it gets in, and moves files").contains("\n230 ", "\n226 ");
    System.out.println("FTP fuzz: " + (seed - SEED) + " conversations from seed " + SEED);
  }

  private static void batch(long seed, StringBuilder all) throws Exception {
    List<Future<String>> replies = new ArrayList<>();
    try (ExecutorService clients =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      for (int i = 0; i < BATCH; i++) {
        String username = FUZZED.get(i % ACCOUNTS).username();
        long own = seed + i;
        replies.add(clients.submit(() -> converse(own, username)));
      }
      for (Future<String> reply : replies) {
        all.append(reply.get(120, TimeUnit.SECONDS));
      }
    }
  }

  private static String converse(long seed, String username) throws Exception {
    FuzzConversation conversation = new FuzzConversation(portal.address, username, seed);
    try {
      conversation.hold();
      assertRepliesAreWellFormed(withoutTelnetAnswers(conversation.heard()), conversation.isCut());
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + conversation.told(), e);
    }
    return new String(conversation.heard(), StandardCharsets.UTF_8);
  }

  /** Offers of Telnet options are refused by IAC WONT and IAC DONT (RFC 1123 section 3.2.1). */
  private static byte[] withoutTelnetAnswers(byte[] heard) {
    return new String(heard, StandardCharsets.ISO_8859_1)
        .replaceAll("(?s)\u00ff[\u00fc\u00fe].", "")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Up to a TLS handshake, if there is one. */
  private static void assertRepliesAreWellFormed(byte[] heard, boolean cut) {
    String code = null;
    int start = 0;
    for (int end = 0; end < heard.length; end++) {
      if (heard[end] != '\n') {
        continue;
      }
      String line = decoded(heard, start, end + 1);
      assertThat(line).endsWith("\r\n");
      String text = line.substring(0, line.length() - 2);
      assertThat(text.chars().noneMatch(Character::isISOControl)).as(text).isTrue();
      assertThat(text).doesNotContainPattern(internals);
      if (code == null) {
        assertThat(text).matches(FIRST_LINE);
        code = text.charAt(3) == '-' ? text.substring(0, 3) : null;
      } else if (text.startsWith(code + " ")) {
        code = null;
      } else {
        assertThat(text).as("within a reply of several lines").startsWith(" ");
      }
      start = end + 1;
      if (text.startsWith("234 ")) {
        return;
      }
    }
    assertThat(cut || code == null && start == heard.length).as("ends with a reply").isTrue();
  }

  private static String decoded(byte[] heard, int start, int end) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(heard, start, end - start))
          .toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError(
          "no UTF-8: " + new String(heard, start, end - start, StandardCharsets.ISO_8859_1), e);
    }
  }

  private static void assertNothingIsLeft() throws Exception {
    TestPortal.await("no session is left", () -> portal.listener.sessionCount() == 0);
    TestPortal.await("no thread is left", () -> portal.threads.busy() == 0);
    assertThat(portal.sessions.opened()).isEmpty();
    assertThat(portal.passivePorts.inUse()).isZero();
    assertThat(portal.transfers.active()).isEmpty();
    assertThat(portal.staged()).isZero();
    assertThat(FAULTS).isEmpty();
    for (Account account : FUZZED) {
      assertThat(portal.usedBytes(account.id())).isEqualTo(stored(account));
    }
  }

  private static long stored(Account account) throws IOException {
    try (Stream<Path> files = Files.walk(portal.home(account))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  /** Exactly what the quota leaves can be stored: nothing is reserved for uploads that are gone. */
  private static void assertHealthy() throws Exception {
    long start = System.nanoTime();
    try (RawClient client = RawClient.loggedIn(portal, "healthy")) {
      assertThat(client.command("NOOP")).startsWith("200 ");
      assertThat(client.store("STOR f", new byte[1000])).startsWith("226 ");
      assertThat(client.fetch("RETR f")).hasSize(1000);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    for (Account account : FUZZED) {
      if (portal.usedBytes(account.id()) > QUOTA / 2) {
        wipe(account);
      }
    }
    Account one = FUZZED.getFirst();
    try (RawClient client = RawClient.loggedIn(portal, one.username())) {
      int left = (int) (QUOTA - portal.usedBytes(one.id()));
      assertThat(client.store("STOR more", new byte[left + 1])).startsWith("552 ");
      assertThat(client.store("STOR full", new byte[left])).startsWith("226 ");
      assertThat(client.command("DELE full")).startsWith("250 ");
    }
    TestPortal.await("no session is left", () -> portal.listener.sessionCount() == 0);
  }

  private static void wipe(Account account) throws IOException {
    try (Stream<Path> files = Files.walk(portal.home(account))) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        if (!file.equals(portal.home(account))) {
          Files.delete(file);
        }
      }
    }
    portal.ledger.reconcile(account.id(), () -> Amount.ZERO);
    prepare(account);
  }
}
