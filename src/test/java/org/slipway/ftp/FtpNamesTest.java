package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.accounts.AccessPolicy;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountEdit;
import org.slipway.accounts.FtpRules;
import org.slipway.accounts.NameCharset;
import org.slipway.accounts.OnConflict;
import org.slipway.audit.Who;

/** Names in GB18030, as Chinese Windows sends GBK: both directions, byte by byte. */
class FtpNamesTest {
  private static final Charset GB = Charset.forName("GB18030");
  private static final byte[] CONTENT = {1, 2, 3};

  private static final AtomicInteger NUMBERS = new AtomicInteger();
  @TempDir static Path folder;
  private static TestPortal portal;
  private Account li;
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
    li = portal.account("li" + NUMBERS.incrementAndGet());
    portal.policy(li.username(), names(NameCharset.GB18030));
    client = RawClient.loggedIn(portal, li.username());
  }

  @AfterEach
  void leave() throws Exception {
    client.close();
  }

  private static AccessPolicy names(NameCharset names) {
    return AccessPolicy.EMPTY.with(
        new FtpRules(Optional.empty(), Optional.empty(), Optional.of(names)));
  }

  private byte[] command(byte[] line) throws IOException {
    client.send(line);
    client.send(new byte[] {'\r', '\n'});
    return reply();
  }

  private byte[] command(String line) throws IOException {
    return command(line.getBytes(GB));
  }

  /** All lines of a reply. */
  private byte[] reply() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] line;
    do {
      line = client.rawLine();
      all.writeBytes(line);
    } while (line.length > 3 && !(Character.isDigit(line[0]) && line[3] == ' '));
    return all.toByteArray();
  }

  private static String code(byte[] reply) {
    return new String(reply, 0, 3, StandardCharsets.US_ASCII);
  }

  private static boolean holds(byte[] bytes, byte[] part) {
    HexFormat hex = HexFormat.of();
    return (" " + hex.withDelimiter(" ").formatHex(bytes))
        .contains(" " + hex.withDelimiter(" ").formatHex(part));
  }

  private byte[] store(byte[] line) throws IOException {
    try (Socket data = client.data()) {
      byte[] first = command(line);
      if (!code(first).equals("150")) {
        return first;
      }
      data.getOutputStream().write(CONTENT);
      data.shutdownOutput();
      return reply();
    }
  }

  private byte[] fetch(String line) throws IOException {
    try (Socket data = client.data()) {
      assertThat(code(command(line))).isEqualTo("150");
      byte[] bytes = data.getInputStream().readAllBytes();
      assertThat(code(reply())).isEqualTo("226");
      return bytes;
    }
  }

  /** Of two bytes, of four bytes in both planes, and with a byte like a backslash in it. */
  @ParameterizedTest
  @CsvSource({
    "说明.txt, cbb5c3f72e747874",
    "龍.txt, fd882e747874",
    "\uD840\uDC00.bin, 953282362e62696e",
    "\u1820.txt, 8134d6302e747874",
    "乗, 815c",
    "誠 a.txt, d55c20612e747874"
  })
  void aNameGoesBothWays(String name, String hex) throws Exception {
    byte[] sent = HexFormat.of().parseHex(hex);
    assertThat(name.getBytes(GB)).isEqualTo(sent);
    byte[] line = new byte[sent.length + 5];
    System.arraycopy("STOR ".getBytes(), 0, line, 0, 5);
    System.arraycopy(sent, 0, line, 5, sent.length);
    assertThat(code(store(line))).isEqualTo("226");
    assertThat(portal.home(li).resolve(name)).hasBinaryContent(CONTENT);
    assertThat(fetch("RETR " + name)).isEqualTo(CONTENT);
    assertThat(fetch("NLST")).isEqualTo((name + "\r\n").getBytes(GB));
    assertThat(holds(fetch("LIST"), (" " + name + "\r\n").getBytes(GB))).isTrue();
    assertThat(holds(fetch("MLSD"), ("; " + name + "\r\n").getBytes(GB))).isTrue();
    assertThat(holds(command("MLST " + name), ("; /" + name).getBytes(GB))).isTrue();
    assertThat(holds(command("STAT ."), name.getBytes(GB))).isTrue();
    assertThat(code(command("SIZE " + name))).isEqualTo("213");
    assertThat(code(command("RNFR " + name))).isEqualTo("350");
    assertThat(code(command("RNTO 新" + name))).isEqualTo("250");
    assertThat(portal.home(li).resolve("新" + name)).exists();
    assertThat(code(command("DELE 新" + name))).isEqualTo("250");
    assertThat(holds(command("MKD " + name), ("\"/" + name + "\"").getBytes(GB))).isTrue();
    assertThat(code(command("CWD " + name))).isEqualTo("250");
    assertThat(holds(command("PWD"), ("\"/" + name + "\"").getBytes(GB))).isTrue();
    assertThat(code(command("CDUP"))).isEqualTo("250");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ff", "61ff62", "80", "6181", "8120", "812f61", "817f", "9532", "953282", "fe30"})
  void bytesThatAreNoCharacterAreRefusedAndNothingIsMade(String hex) throws Exception {
    byte[] name = HexFormat.of().parseHex(hex);
    byte[] line = new byte[name.length + 4];
    System.arraycopy("MKD ".getBytes(), 0, line, 0, 4);
    System.arraycopy(name, 0, line, 4, name.length);
    assertThat(new String(command(line), StandardCharsets.US_ASCII).strip())
        .isEqualTo("553 Names must be GB18030.");
    assertThat(code(command("NOOP"))).isEqualTo("200");
    assertThat(fetch("NLST")).isEmpty();
  }

  /** 0x5C is the second half of a character here, and 0x2F never is one. */
  @Test
  void halvesOfCharactersAreNoSlashes() throws Exception {
    assertThat(code(command("MKD 乗"))).isEqualTo("257");
    assertThat(code(command("MKD 乗/誠"))).isEqualTo("257");
    assertThat(code(store("STOR 乗/誠/乗..乗".getBytes(GB)))).isEqualTo("226");
    assertThat(portal.home(li).resolve("乗").resolve("誠").resolve("乗..乗")).exists();
    assertThat(code(command("MKD a\\b"))).as("a real backslash").isEqualTo("553");
    assertThat(code(command("CWD ../乗"))).isEqualTo("553");
    try (Stream<Path> all = Files.list(portal.home(li))) {
      assertThat(all).hasSize(1);
    }
  }

  @Test
  void theNameThatWasMadeIsToldInTheSameBytes() throws Exception {
    portal.accounts.change(
        li.username(),
        OptionalLong.empty(),
        a -> AccountEdit.of(a).use(Optional.empty(), OnConflict.RENAME, Optional.empty()).account(),
        Who.SYSTEM);
    assertThat(code(store("STOR 说明".getBytes(GB)))).isEqualTo("226");
    byte[] second = store("STOR 说明".getBytes(GB));
    assertThat(holds(second, "\"/说明.new\"".getBytes(GB))).isTrue();
  }

  /** As Windows' own client does, which then sends GBK all the same. */
  @Test
  void utf8ThatIsAskedForBeforeTheLoginSaysNothing() throws Exception {
    client.close();
    client = new RawClient(portal.address);
    assertThat(client.command("OPTS UTF8 ON")).startsWith("200 ");
    client.command("USER " + li.username());
    client.command("PASS " + TestPortal.PASSWORD);
    assertThat(code(command("MKD 说明"))).isEqualTo("257");
    assertThat(portal.home(li).resolve("说明")).exists();
  }

  @Test
  void whoAsksForUtf8GetsIt() throws Exception {
    assertThat(client.command("OPTS UTF8 ON")).isEqualTo("200 Names are UTF-8.");
    assertThat(client.command("MKD 说明")).startsWith("257 \"/说明\"");
    assertThat(portal.home(li).resolve("说明")).exists();
    assertThat(client.fetch("NLST")).isEqualTo("说明\r\n".getBytes(StandardCharsets.UTF_8));
    assertThat(code(command("MKD 龍"))).as("no UTF-8").isEqualTo("553");
    assertThat(client.command("OPTS UTF8 OFF")).isEqualTo("200 Names are GB18030.");
    assertThat(fetch("NLST")).isEqualTo("说明\r\n".getBytes(GB));
    assertThat(client.command("FEAT")).contains(" UTF8");
  }

  @Test
  void othersHaveUtf8AlsoOverTheSameConnection() throws Exception {
    Account bob = portal.account("bob");
    assertThat(code(command("MKD 说明"))).isEqualTo("257");
    assertThat(client.command("REIN")).startsWith("220 ");
    client.command("USER bob");
    assertThat(client.command("PASS " + TestPortal.PASSWORD)).startsWith("230 ");
    assertThat(client.command("MKD 说明")).startsWith("257 \"/说明\"");
    assertThat(code(command("MKD 龍"))).isEqualTo("553");
    assertThat(client.command("OPTS UTF8 OFF")).startsWith("504 ");
    assertThat(portal.home(bob).resolve("说明")).exists();
  }

  /** Commands that come with the PASS are read in what the account has. */
  @Test
  void whatIsSentBehindThePasswordIsReadAsTheAccountHasIt() throws Exception {
    client.close();
    client = new RawClient(portal.address);
    client.command("USER " + li.username());
    client.send(("PASS " + TestPortal.PASSWORD + "\r\nMKD 说明\r\nREIN\r\nUSER x\r\n").getBytes(GB));
    for (String code : List.of("230", "257", "220", "331")) {
      assertThat(code(reply())).isEqualTo(code);
    }
    assertThat(portal.home(li).resolve("说明")).exists();
  }
}
