package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.AccessPolicy;
import org.slipway.accounts.Account;
import org.slipway.accounts.Permission;
import org.slipway.audit.AuditEntry;

/** Each command once, by the letter of RFC 959, 1123, 2389, 2428 and 3659. */
class FtpCommandsTest {
  @TempDir Path folder;
  private TestPortal portal;
  private Account account;
  private RawClient client;

  @BeforeEach
  void start() throws Exception {
    portal = new TestPortal(folder);
    account = portal.account("ann");
    client = RawClient.loggedIn(portal, "ann");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    portal.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void storedFilesComeBack() throws Exception {
    assertThat(client.store("STOR 固件 1.bin", bytes("hello"))).isEqualTo("226 Transfer complete.");
    assertThat(client.fetch("RETR 固件 1.bin")).isEqualTo(bytes("hello"));
    assertThat(client.command("SIZE 固件 1.bin")).isEqualTo("213 5");
    assertThat(client.command("MDTM 固件 1.bin")).matches("213 \\d{14}");
    assertThat(Files.readString(portal.home(account).resolve("固件 1.bin"))).isEqualTo("hello");
    assertThat(portal.usedBytes(account.id())).isEqualTo(5);
  }

  @Test
  void foldersAreMadeEnteredAndRemoved() throws Exception {
    assertThat(client.command("PWD")).startsWith("257 \"/\" ");
    assertThat(client.command("MKD a\"b")).startsWith("257 \"/a\"\"b\" ");
    assertThat(client.command("CWD a\"b")).startsWith("250 ");
    assertThat(client.command("XPWD")).startsWith("257 \"/a\"\"b\" ");
    assertThat(client.command("CWD nowhere")).startsWith("550 ");
    assertThat(client.store("STOR f", bytes("x"))).startsWith("226 ");
    assertThat(client.command("CWD f")).startsWith("550 ");
    assertThat(client.command("CDUP")).startsWith("250 ");
    assertThat(client.command("CDUP")).startsWith("250 ");
    assertThat(client.command("RMD a\"b")).startsWith("550 ");
    assertThat(client.command("DELE a\"b/f")).startsWith("250 ");
    assertThat(client.command("RMD a\"b")).startsWith("250 ");
    assertThat(client.command("RMD /")).startsWith("550 ");
    assertThat(client.command("XMKD c")).startsWith("257 ");
    assertThat(client.command("MKD c")).startsWith("553 ");
  }

  @Test
  void renameTakesTwoCommandsInARow() throws Exception {
    client.store("STOR a", bytes("1"));
    client.store("STOR b", bytes("2"));
    assertThat(client.command("RNTO c")).startsWith("503 ");
    assertThat(client.command("RNFR missing")).startsWith("550 ");
    assertThat(client.command("RNFR a")).startsWith("350 ");
    assertThat(client.command("PWD")).startsWith("257 ");
    assertThat(client.command("RNTO c")).startsWith("503 ");
    assertThat(client.command("RNFR a")).startsWith("350 ");
    assertThat(client.command("RNTO b")).startsWith("553 ");
    assertThat(client.command("RNFR a")).startsWith("350 ");
    assertThat(client.command("RNTO c")).startsWith("250 ");
    assertThat(client.fetch("RETR c")).isEqualTo(bytes("1"));
  }

  @Test
  void restartContinuesADownload() throws Exception {
    client.store("STOR a", bytes("0123456789"));
    assertThat(client.command("REST 7")).startsWith("350 ");
    assertThat(client.fetch("RETR a")).isEqualTo(bytes("789"));
    assertThat(client.fetch("RETR a")).isEqualTo(bytes("0123456789"));
    client.command("REST 10");
    assertThat(client.fetch("RETR a")).isEmpty();
    client.data().close();
    client.command("REST 11");
    assertThat(client.command("RETR a")).startsWith("554 ");
    assertThat(client.command("REST x")).startsWith("501 ");
  }

  @Test
  void asciiChangesLineEnds() throws Exception {
    client.command("TYPE A");
    assertThat(client.store("STOR t", bytes("a\r\nb\r\n"))).startsWith("226 ");
    assertThat(client.fetch("RETR t")).isEqualTo(bytes("a\r\nb\r\n"));
    assertThat(client.command("SIZE t")).startsWith("550 ");
    assertThat(client.command("REST 1")).startsWith("501 ");
    client.command("TYPE L 8");
    assertThat(client.fetch("RETR t")).isEqualTo(bytes("a\nb\n"));
    assertThat(client.command("TYPE E")).startsWith("504 ");
    assertThat(client.command("MODE S")).startsWith("200 ");
    assertThat(client.command("MODE B")).startsWith("504 ");
    assertThat(client.command("STRU f")).startsWith("200 ");
    assertThat(client.command("STRU R")).startsWith("504 ");
  }

  @Test
  void listingsShowNamesSizesAndKinds() throws Exception {
    client.store("STOR 固件 1.bin", bytes("hello"));
    client.command("MKD d");
    String list = new String(client.fetch("LIST -la"), StandardCharsets.UTF_8);
    assertThat(list.lines())
        .hasSize(2)
        .anyMatch(l -> l.matches("-rw.* 5 \\w{3} [ \\d]\\d \\d\\d:\\d\\d 固件 1.bin"))
        .anyMatch(l -> l.matches("drwx.* d"));
    assertThat(new String(client.fetch("LIST 固件 1.bin"), StandardCharsets.UTF_8).lines())
        .hasSize(1);
    assertThat(new String(client.fetch("NLST"), StandardCharsets.UTF_8).lines())
        .containsExactlyInAnyOrder("固件 1.bin", "d");
    assertThat(new String(client.fetch("MLSD"), StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .anyMatch(l -> l.matches("type=file;size=5;modify=\\d{14};perm=adfrw; 固件 1.bin"))
        .anyMatch(l -> l.matches("type=dir;modify=\\d{14};perm=ecdflmp; d"));
    assertThat(client.fetch("LIST d")).isEmpty();
    client.data().close();
    assertThat(client.command("MLSD 固件 1.bin")).startsWith("501 ");
    assertThat(client.command("LIST nowhere")).startsWith("550 ");
  }

  @Test
  void mlstShowsOneEntryAndTheChosenFacts() throws Exception {
    client.store("STOR f", bytes("hello"));
    assertThat(client.command("OPTS MLST size;bogus;Type;")).isEqualTo("200 MLST OPTS type;size;");
    assertThat(client.command("MLST f")).isEqualTo("250-Listing:\n type=file;size=5; /f\n250 End");
    assertThat(client.command("FEAT")).contains(" MLST type*;size*;modify;perm;");
    assertThat(client.command("MLST")).contains(" type=dir; /");
  }

  @Test
  void featAndHelpComeFromTheTable() throws Exception {
    assertThat(client.command("FEAT").lines())
        .startsWith("211-Features:")
        .contains(" EPRT", " EPSV", " MDTM", " REST STREAM", " SIZE", " UTF8", " TVFS")
        .endsWith("211 End");
    assertThat(client.command("HELP")).contains("RETR").contains("MLSD");
    assertThat(client.command("HELP retr")).isEqualTo("214 Syntax: RETR <SP> path");
    assertThat(client.command("HELP nonsense")).startsWith("502 ");
    assertThat(client.command("SYST")).isEqualTo("215 UNIX Type: L8");
    assertThat(client.command("NOOP")).startsWith("200 ");
    assertThat(client.command("OPTS UTF8 ON")).startsWith("200 ");
    assertThat(client.command("OPTS UTF8 OFF")).startsWith("504 ");
    assertThat(client.command("OPTS RETR")).startsWith("501 ");
    assertThat(client.command("STAT")).startsWith("211-").contains("Logged in as ann");
  }

  @Test
  void badSequencesAndArgumentsAreNamed() throws Exception {
    assertThat(client.command("USER bob")).startsWith("503 ");
    assertThat(client.command("PASS x")).startsWith("503 ");
    assertThat(client.command("RETR x")).startsWith("425 ");
    assertThat(client.command("STOR x")).startsWith("425 ");
    assertThat(client.command("LIST")).startsWith("425 ");
    assertThat(client.command("RETR")).startsWith("501 ");
    assertThat(client.command("NOOP x")).startsWith("501 ");
    assertThat(client.command("FOO")).startsWith("500 ");
    for (String line : List.of("SMNT x", "ADAT x", "CONF x", "ENC x", "MIC x", "LPRT 4", "LPSV")) {
      assertThat(client.command(line)).as(line).startsWith("502 Left out");
    }
    assertThat(client.command("ACCT x")).startsWith("202 ");
    assertThat(client.command("HELP smnt")).startsWith("214 SMNT: Left out");
    assertThat(client.command("")).startsWith("500 ");
    assertThat(client.command("ABOR")).startsWith("226 ");
    assertThat(client.command("ALLO 10")).startsWith("200 ");
    assertThat(client.command("ALLO x")).startsWith("501 ");
    assertThat(client.command("QUIT")).startsWith("221 ");
    assertThat(client.reply()).isEmpty();
  }

  @Test
  void passiveModesByAddressFamily() throws Exception {
    assertThat(client.command("PASV"))
        .matches("227 Entering Passive Mode \\(127,0,0,1,\\d+,\\d+\\)\\.");
    assertThat(client.command("EPSV 1")).startsWith("229 ");
    assertThat(client.command("EPSV 2")).isEqualTo("522 Wrong address family; use (1)");
    assertThat(client.command("EPSV ALL")).startsWith("200 ");
    assertThat(client.command("PASV")).startsWith("501 ");
    assertThat(client.command("EPSV")).startsWith("229 ");
  }

  @Test
  void whatAnAccountMayNotDoIsRefusedAndAudited() throws Exception {
    client.store("STOR a", bytes("1"));
    portal.accounts.change(
        "ann",
        java.util.OptionalLong.empty(),
        a ->
            org.slipway.accounts.AccountEdit.of(a)
                .access(List.of(), AccessPolicy.EMPTY.permitting(EnumSet.of(Permission.WRITE)))
                .account(),
        org.slipway.audit.Who.SYSTEM);
    for (String line : new String[] {"RETR a", "LIST", "DELE a", "RNFR a", "MKD b", "SIZE a"}) {
      assertThat(client.command(line)).as(line).startsWith("550 ");
    }
    assertThat(client.store("STOR a", bytes("2"))).startsWith("553 ");
    assertThat(client.store("STOR b", bytes("2"))).startsWith("226 ");
    TestPortal.await("audit", () -> portal.audit.count("DELE a") == 1);
    AuditEntry refused = portal.audit.page("DELE a", 0, 1).getFirst();
    assertThat(refused.action()).isEqualTo("FTP_COMMAND");
    assertThat(refused.outcome()).isEqualTo(AuditEntry.Outcome.REFUSED);
  }
}
