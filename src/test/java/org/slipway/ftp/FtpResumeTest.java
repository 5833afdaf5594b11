package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
import org.slipway.accounts.OnConflict;

/** Uploads that add to what is there, and those that find a name by themselves. */
class FtpResumeTest {
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

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private String content(String name) throws IOException {
    return Files.readString(portal.home(account).resolve(name));
  }

  @Test
  void appendingMakesALongerFile() throws Exception {
    assertThat(client.store("APPE f", bytes("one"))).isEqualTo("226 Transfer complete.");
    assertThat(client.store("APPE f", bytes(" two"))).isEqualTo("226 Transfer complete.");
    assertThat(client.store("APPE f", new byte[0])).startsWith("226 ");
    assertThat(content("f")).isEqualTo("one two");
    assertThat(portal.usedBytes(account.id())).isEqualTo(7);
    client.command("TYPE A");
    assertThat(client.store("APPE f", bytes("\r\nthree\r\n"))).startsWith("226 ");
    assertThat(content("f")).isEqualTo("one two\nthree\n");
    client.command("MKD d");
    client.data().close();
    assertThat(client.command("APPE d")).startsWith("550 ");
  }

  @Test
  void anUploadGoesOnWhereItIsTold() throws Exception {
    byte[] whole = noise(3_000_000);
    client.store("STOR f", Arrays.copyOf(whole, 2_000_000));
    assertThat(client.command("REST 2000000")).startsWith("350 ");
    assertThat(client.store("STOR f", Arrays.copyOfRange(whole, 2_000_000, whole.length)))
        .startsWith("226 ");
    assertThat(client.fetch("RETR f")).isEqualTo(whole);
    assertThat(portal.usedBytes(account.id())).isEqualTo(whole.length);
    client.command("REST 10");
    assertThat(client.store("STOR f", bytes("x"))).startsWith("226 ");
    assertThat(portal.home(account).resolve("f")).as("what was behind it is gone").hasSize(11);
    client.data().close();
    client.command("REST 12");
    assertThat(client.command("STOR f")).startsWith("554 ");
    client.command("REST 1");
    assertThat(client.command("STOR missing")).startsWith("554 ");
    assertThat(client.store("STOR f", bytes("y"))).as("REST counts once").startsWith("226 ");
    assertThat(content("f")).isEqualTo("y");
  }

  @Test
  void whatBreaksOffChangesNothing() throws Exception {
    client.store("STOR f", bytes("old"));
    try (Socket data = client.data()) {
      assertThat(client.command("APPE f")).startsWith("150 ");
      data.getOutputStream().write(bytes(" new"));
      TestPortal.await("staged", () -> portal.staged() == 1);
      assertThat(content("f")).as("while it is under way").isEqualTo("old");
      RawClient.reset(data);
    }
    assertThat(client.reply()).startsWith("426 ");
    assertThat(content("f")).isEqualTo("old");
    TestPortal.await("nothing staged", () -> portal.staged() == 0);
    assertThat(portal.usedBytes(account.id())).isEqualTo(3);
  }

  @Test
  void nobodyLosesWhatHeStoredMeanwhile() throws Exception {
    client.store("STOR f", bytes("old"));
    try (Socket data = client.data();
        RawClient other = RawClient.loggedIn(portal, account.username())) {
      assertThat(client.command("APPE f")).startsWith("150 ");
      assertThat(other.store("STOR f", bytes("from elsewhere"))).startsWith("226 ");
      data.getOutputStream().write(bytes(" new"));
    }
    assertThat(client.reply()).startsWith("450 ");
    assertThat(content("f")).isEqualTo("from elsewhere");
  }

  @Test
  void theQuotaCountsTheWholeFileOnce() throws Exception {
    client.close();
    logIn(OnConflict.OVERWRITE, Optional.of(1000L));
    client.store("STOR f", noise(900));
    assertThat(client.store("APPE f", noise(100))).startsWith("226 ");
    assertThat(portal.usedBytes(account.id())).isEqualTo(1000);
    assertThat(client.store("APPE f", noise(1))).startsWith("552 ");
    assertThat(portal.home(account).resolve("f")).hasSize(1000);
    client.command("REST 500");
    assertThat(client.store("STOR f", noise(300))).startsWith("226 ");
    assertThat(portal.usedBytes(account.id())).isEqualTo(800);
    client.data().close();
    client.command("ALLO 201");
    assertThat(client.command("APPE f")).as("known before data").startsWith("552 ");
    assertThat(client.store("STOR g", noise(200))).startsWith("226 ");
    assertThat(portal.staged()).isZero();
  }

  @Test
  void theAccountsWayWithNamesThatExistHolds() throws Exception {
    client.close();
    logIn(OnConflict.REJECT, Optional.empty());
    client.store("APPE f", bytes("one"));
    assertThat(client.store("APPE f", bytes(" two"))).startsWith("553 ");
    client.close();
    logIn(OnConflict.RENAME, Optional.empty());
    client.store("APPE f", bytes("one"));
    assertThat(client.store("APPE f", bytes(" two")))
        .isEqualTo("226 Transfer complete; stored as \"/f.new\".");
    assertThat(content("f")).isEqualTo("one");
    assertThat(content("f.new")).isEqualTo("one two");
  }

  @Test
  void uniqueNamesAreToldInTheReply() throws Exception {
    client.command("MKD d");
    String last = "";
    for (String line : new String[] {"STOU", "STOU", "STOU f.bin", "STOU d/f"}) {
      try (Socket data = client.data()) {
        String reply = client.command(line);
        assertThat(reply).matches("150 FILE: (upload|f\\.bin|/d/f)\\.[0-9a-f]{12}");
        String name = reply.substring("150 FILE: ".length());
        assertThat(name).isNotEqualTo(last);
        last = name;
        data.getOutputStream().write(bytes(line));
        data.close();
        assertThat(client.reply()).isEqualTo("226 Transfer complete.");
        assertThat(content(name.startsWith("/") ? name.substring(1) : name)).isEqualTo(line);
      }
    }
    assertThat(client.command("STOU")).startsWith("425 ");
    client.data().close();
    assertThat(client.command("STOU /")).startsWith("553 ");
    assertThat(client.command("STOU missing/f")).startsWith("550 ");
  }
}
