package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;

/** Whatever a client calls a file, it stays in its home. */
class FtpPathsTest {
  @TempDir Path folder;
  private TestPortal portal;
  private Account account;
  private RawClient client;

  @BeforeEach
  void start() throws Exception {
    portal = new TestPortal(folder);
    account = portal.account("ann");
    client = RawClient.loggedIn(portal, "ann");
    Files.writeString(folder.resolve("secret"), "secret");
    Files.writeString(portal.home(account).resolveSibling("secret"), "secret");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    portal.close();
  }

  @Test
  void tricksNeverLeaveTheHome() throws Exception {
    Account other = portal.account("bob");
    portal.file(other, "private", new byte[1]);
    List<String> tricks =
        List.of(
            "../secret",
            "/../secret",
            "../../secret",
            "a/../../secret",
            "..\\secret",
            "..",
            "....//secret",
            "../" + other.id() + "/private",
            "%2e%2e/secret",
            "x\0/../secret",
            "\0",
            "a\rb",
            "a\u0085b",
            "a\u2028b",
            ".slipway-staging/x",
            "x".repeat(300),
            "d/".repeat(600) + "x");
    for (String trick : tricks) {
      for (String verb : List.of("CWD", "RETR", "STOR", "DELE", "MKD", "RMD", "RNFR", "SIZE")) {
        client.data().close();
        assertThat(client.command(verb + " " + trick))
            .as(verb + " " + trick)
            .matches(r -> r.startsWith("550 ") || r.startsWith("553 "));
      }
    }
    assertThat(Files.readString(folder.resolve("secret"))).isEqualTo("secret");
    assertThat(portal.home(account).resolveSibling("secret")).hasContent("secret");
    assertThat(client.command("PWD")).startsWith("257 \"/\"");
  }

  @Test
  void markupInANameIsOnlyAName() throws Exception {
    for (String name : List.of("<script>alert(1)</script>.bin", "#{7*7}", "a\"b'c;d|e&f", " x ")) {
      String safe = name.replace("/", "_");
      assertThat(client.store("STOR " + safe, new byte[3])).startsWith("226 ");
      assertThat(client.fetch("RETR " + safe)).hasSize(3);
      assertThat(new String(client.fetch("NLST"), StandardCharsets.UTF_8).lines()).contains(safe);
    }
  }

  @Test
  void namesThatAreNotUtf8AreRefused() throws Exception {
    client.send(new byte[] {'S', 'I', 'Z', 'E', ' ', (byte) 0xC3, (byte) 0x28, '\r', '\n'});
    assertThat(client.reply()).startsWith("553 ");
    client.send(new byte[] {'S', 'I', 'Z', 'E', ' ', (byte) 0xC0, (byte) 0xAE, '\r', '\n'});
    assertThat(client.reply()).startsWith("553 ");
    assertThat(client.command("NOOP")).startsWith("200 ");
  }

  @Test
  void linksAreNeverFollowed() throws Exception {
    portal.file(account, "f", new byte[1]);
    Files.createSymbolicLink(portal.home(account).resolve("link"), folder.resolve("secret"));
    Files.createSymbolicLink(portal.home(account).resolve("up"), folder);
    client.data().close();
    assertThat(client.command("RETR link")).startsWith("550 ");
    client.data().close();
    assertThat(client.command("RETR up/secret")).startsWith("550 ");
    assertThat(client.command("CWD up")).startsWith("550 ");
    assertThat(new String(client.fetch("NLST"), StandardCharsets.UTF_8)).isEqualTo("f\r\n");
  }

  @Test
  void repliesNeverShowWhereFilesLie() throws Exception {
    client.data().close();
    for (String line : List.of("RETR missing", "CWD missing", "RMD missing", "MKD a/b/c")) {
      assertThat(client.command(line)).doesNotContain(folder.toString());
    }
  }
}
