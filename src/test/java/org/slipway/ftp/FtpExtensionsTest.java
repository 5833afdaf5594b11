package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.AccessPolicy;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountEdit;
import org.slipway.accounts.AccountStatus;
import org.slipway.accounts.Permission;
import org.slipway.accounts.Role;
import org.slipway.audit.Who;

/** REIN, HOST, CLNT, LANG, STAT of a path, AVBL and SITE. */
class FtpExtensionsTest {
  @TempDir Path folder;
  private TestPortal portal;
  private Account account;
  private RawClient client;

  @BeforeEach
  void start() throws Exception {
    portal = new TestPortal(folder);
    account = portal.account("ann", edit -> edit.quota(Optional.of(1000L), Optional.empty()));
    client = RawClient.loggedIn(portal, "ann");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    portal.close();
  }

  @Test
  void reinitializationBeginsAnew() throws Exception {
    portal.account("bob");
    client.command("MKD d");
    client.command("CWD d");
    client.command("PASV");
    assertThat(client.command("REIN")).startsWith("220 ");
    assertThat(portal.sessions.of(account.id())).isEmpty();
    assertThat(client.command("PWD")).startsWith("530 ");
    assertThat(client.command("PASS x")).startsWith("503 ");
    client.command("USER bob");
    assertThat(client.command("PASS " + TestPortal.PASSWORD)).startsWith("230 ");
    assertThat(client.command("PWD")).startsWith("257 \"/\" ");
    assertThat(client.command("LIST")).startsWith("425 ");
    assertThat(client.command("STAT")).contains("Logged in as bob").contains("TYPE ASCII");
    portal.accounts.setStatus("ann", AccountStatus.SUSPENDED, Optional.of("x"), Who.SYSTEM);
    assertThat(client.command("NOOP")).as("that session is over").startsWith("200 ");
    portal.accounts.setStatus("bob", AccountStatus.SUSPENDED, Optional.of("x"), Who.SYSTEM);
    assertThat(client.reply()).startsWith("421 ");
  }

  @Test
  void reinitializationLetsATransferEnd() throws Exception {
    try (var data = client.data()) {
      client.command("STOR f");
      data.getOutputStream().write(new byte[10]);
      client.send("REIN");
      data.getOutputStream().write(new byte[10]);
    }
    assertThat(client.reply()).startsWith("226 ");
    assertThat(client.reply()).startsWith("220 ");
    assertThat(portal.home(account).resolve("f")).hasSize(20);
  }

  @Test
  void reinitializationForgetsNoRefusedLogin() throws Exception {
    try (RawClient stranger = new RawClient(portal.address)) {
      for (int i = 0; i < 3; i++) {
        assertThat(stranger.command("REIN")).startsWith("220 ");
        stranger.command("USER nobody");
        assertThat(stranger.command("PASS wrong")).startsWith("530 ");
      }
      assertThat(stranger.reply()).isEmpty();
    }
  }

  @Test
  void hostsAreNamedBeforeTheLogin() throws Exception {
    assertThat(client.command("HOST ftp.example.org")).startsWith("503 ");
    try (RawClient stranger = new RawClient(portal.address)) {
      assertThat(stranger.command("HOST ftp.example.org")).startsWith("220 ");
      assertThat(stranger.command("HOST 127.0.0.1")).startsWith("220 ");
      assertThat(stranger.command("HOST 192.0.2.1")).startsWith("504 ");
      assertThat(stranger.command("HOST [::1]")).startsWith("504 ");
      assertThat(stranger.command("HOST a b")).startsWith("501 ");
      assertThat(stranger.command("HOST")).startsWith("501 ");
      stranger.command("USER ann");
      assertThat(stranger.command("HOST ftp.example.org")).startsWith("503 ");
    }
  }

  @Test
  void repliesAreInTheLanguageThatWasAskedFor() throws Exception {
    for (String tag : List.of("", " en", " EN", " en-GB")) {
      assertThat(client.command("LANG" + tag)).as(tag).isEqualTo("200 Replies are in English.");
    }
    assertThat(client.command("FEAT")).contains(" LANG EN*;ZH\n", " HOST", " CLNT", " AVBL");
    for (String tag : List.of("zh-TW", "zh-Hant", "fr", "e", "zhx")) {
      assertThat(client.command("LANG " + tag)).as(tag).startsWith("504 There");
    }
    for (String tag : List.of("zh", "ZH", "zh-CN", "zh-Hans", "zh-Hans-CN")) {
      assertThat(client.command("LANG " + tag)).as(tag).isEqualTo("200 回复使用简体中文。");
    }
    assertThat(client.command("LANG fr")).isEqualTo("504 回复只有英文和简体中文。");
    assertThat(client.command("FEAT"))
        .startsWith("211-支持的扩展：")
        .contains(" LANG EN;ZH*\n")
        .endsWith("211 结束");
    assertThat(client.command("LANG")).isEqualTo("200 Replies are in English.");
  }

  @Test
  void wholeSessionsAreInChinese() throws Exception {
    try (RawClient chinese = new RawClient(portal.address)) {
      assertThat(chinese.command("LANG zh")).startsWith("200 ");
      assertThat(chinese.command("USER ann")).isEqualTo("331 请输入密码。");
      assertThat(chinese.command("PASS wrong")).isEqualTo("530 用户名或密码错误。");
      chinese.command("USER ann");
      assertThat(chinese.command("PASS " + TestPortal.PASSWORD)).isEqualTo("230 登录成功。");
      assertThat(chinese.command("TYPE I")).isEqualTo("200 传输类型：IMAGE。");
      assertThat(chinese.command("MKD 目录")).isEqualTo("257 \"/目录\" 已创建。");
      assertThat(chinese.store("STOR 目录/f", new byte[10])).isEqualTo("226 传输完成。");
      assertThat(chinese.store("STOR big", new byte[2000])).startsWith("552 超出配额");
      assertThat(chinese.store("STOR big", new byte[2000])).startsWith("552 配额仍不足以存储该文件；");
      assertThat(chinese.command("RETR 目录")).isEqualTo("550 /目录 是文件夹");
      assertThat(chinese.command("NONSENSE")).isEqualTo("500 未知命令。");
      assertThat(chinese.command("SITE QUOTA")).contains("200-ann 的配额：", " 已存储：10 / 1000 字节");
      assertThat(chinese.command("STAT")).contains(" 登录用户：ann\n", " 没有正在传输的文件\n");
      assertThat(chinese.command("MLST 目录"))
          .startsWith("250-列表：\n type=dir;")
          .endsWith("/目录\n250 结束");
      assertThat(chinese.command("EPSV")).startsWith("229 Entering Extended Passive Mode (|||");
      assertThat(chinese.command("PASV")).startsWith("227 Entering Passive Mode (127,");
      assertThat(chinese.command("HELP acct")).startsWith("214 ACCT：除");
      portal.accounts.setStatus("ann", AccountStatus.SUSPENDED, Optional.of("x"), Who.SYSTEM);
      assertThat(chinese.reply()).isEqualTo("421 关闭连接：账户已被停用");
    }
  }

  @Test
  void reinitializationSpeaksEnglishAgain() throws Exception {
    client.command("LANG zh");
    assertThat(client.command("REIN")).isEqualTo("220 Ready for a new user.");
  }

  @Test
  void clientsAreShownBesideTheirSessions() throws Exception {
    assertThat(client.command("CLNT NcFTPClient 3.2.6")).startsWith("200 ");
    assertThat(portal.sessions.of(account.id()).getFirst().client()).contains("NcFTPClient 3.2.6");
    client.command("CLNT " + "x".repeat(500));
    assertThat(portal.sessions.of(account.id()).getFirst().client().orElseThrow()).hasSize(80);
  }

  @Test
  void listingsComeOverTheControlConnectionToo() throws Exception {
    portal.file(account, "d/固件 1", new byte[] {1, 2, 3});
    assertThat(client.command("STAT d").lines())
        .hasSize(3)
        .startsWith("212-Listing of /d:")
        .anyMatch(l -> l.matches(" -rw.* 3 .* 固件 1"))
        .endsWith("212 End");
    assertThat(client.command("STAT -l d/固件 1")).startsWith("213-").contains(" 3 ");
    assertThat(client.command("STAT missing")).startsWith("550 ");
    assertThat(client.command("STAT ../..")).startsWith("553 ");
    for (int i = 0; i < 1100; i++) {
      portal.file(account, "many/" + i, new byte[0]);
    }
    assertThat(client.command("STAT many").lines())
        .hasSize(1003)
        .contains(" and 100 more; LIST shows all");
  }

  @Test
  void whatIsLeftOfTheQuotaIsTold() throws Exception {
    assertThat(client.command("AVBL")).isEqualTo("213 1000");
    client.store("STOR f", new byte[400]);
    assertThat(client.command("AVBL /")).isEqualTo("213 600");
    assertThat(client.command("AVBL f")).startsWith("550 ");
    assertThat(client.command("AVBL missing")).startsWith("550 ");
    assertThat(client.command("SITE QUOTA"))
        .startsWith("200-")
        .contains(" Stored: 400 of 1000 bytes", " Files: 1 of unlimited", " Moved today: ");
    portal.account("free");
    try (RawClient unlimited = RawClient.loggedIn(portal, "free")) {
      long disk = Files.getFileStore(folder).getTotalSpace();
      assertThat(Long.parseLong(unlimited.command("AVBL").substring(4))).isBetween(1L, disk);
    }
  }

  @Test
  void siteHasItsOwnTable() throws Exception {
    assertThat(client.command("SITE HELP")).startsWith("214-").contains(" SITE QUOTA");
    assertThat(client.command("SITE CHMOD 644 f")).startsWith("202 ");
    assertThat(client.command("SITE EXEC ls")).startsWith("504 ");
    assertThat(client.command("SITE")).startsWith("501 ");
  }

  @Test
  void onlyOperatorsSeeWhoIsThere() throws Exception {
    assertThat(client.command("SITE WHO")).startsWith("550 ");
    TestPortal.await("audit", () -> portal.audit.count("SITE WHO") == 1);
    portal.account("op", edit -> edit.roles(EnumSet.of(Role.OPERATOR)));
    client.command("CLNT tester");
    try (RawClient operator = RawClient.loggedIn(portal, "op")) {
      assertThat(operator.command("SITE WHO").lines())
          .hasSize(4)
          .anyMatch(l -> l.matches(" ann FTP from 127\\.0\\.0\\.1 since \\S+ by tester"))
          .anyMatch(l -> l.startsWith(" op FTP from "))
          .endsWith("200 2 in all");
    }
  }

  @Test
  void whoMayNotStoreLearnsNothingOfTheQuota() throws Exception {
    portal.accounts.change(
        "ann",
        OptionalLong.empty(),
        a ->
            AccountEdit.of(a)
                .access(List.of(), AccessPolicy.EMPTY.permitting(EnumSet.of(Permission.READ)))
                .account(),
        Who.SYSTEM);
    assertThat(client.command("AVBL")).startsWith("550 ");
    assertThat(client.command("STAT /")).startsWith("550 ");
  }
}
