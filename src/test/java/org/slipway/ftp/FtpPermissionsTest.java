package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slipway.accounts.AccessPolicy;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountEdit;
import org.slipway.accounts.Channel;
import org.slipway.accounts.FolderRule;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Permission;
import org.slipway.audit.Who;

/** Each permission by each command that can cause its effect. */
class FtpPermissionsTest {
  /** Commands that neither show nor change a file of their own accord. */
  private static final Set<FtpVerb> WITHOUT_EFFECT =
      EnumSet.of(
          FtpVerb.USER,
          FtpVerb.PASS,
          FtpVerb.QUIT,
          FtpVerb.AUTH,
          FtpVerb.PBSZ,
          FtpVerb.PROT,
          FtpVerb.CCC,
          FtpVerb.NOOP,
          FtpVerb.SYST,
          FtpVerb.FEAT,
          FtpVerb.HELP,
          FtpVerb.OPTS,
          FtpVerb.REIN,
          FtpVerb.HOST,
          FtpVerb.CLNT,
          FtpVerb.LANG,
          FtpVerb.TYPE,
          FtpVerb.MODE,
          FtpVerb.STRU,
          FtpVerb.PASV,
          FtpVerb.EPSV,
          FtpVerb.PORT,
          FtpVerb.EPRT,
          FtpVerb.ABOR,
          FtpVerb.ALLO,
          FtpVerb.REST,
          FtpVerb.PWD,
          FtpVerb.CDUP,
          FtpVerb.RNFR);

  /** One command on the tree of {@link #start}, what it needs, and how it is refused and done. */
  private enum Command {
    CWD("CWD d/e", "250", "550", Permission.LIST),
    LIST("LIST d", "226", "550", Permission.LIST),
    NLST("NLST d", "226", "550", Permission.LIST),
    MLSD("MLSD d", "226", "550", Permission.LIST),
    MLST("MLST d/f", "250", "550", Permission.LIST),
    STAT("STAT d", "212", "550", Permission.LIST),
    AVBL("AVBL d", "213", "550", Permission.WRITE),
    SIZE("SIZE d/f", "213", "550", Permission.LIST),
    MDTM("MDTM d/f", "213", "550", Permission.LIST),
    MFMT("MFMT 20200101000000 d/f", "213", "550", Permission.WRITE, Permission.OVERWRITE),
    MFF("MFF modify=20200101000000; d/f", "213", "550", Permission.WRITE, Permission.OVERWRITE),
    UTIME("SITE UTIME 20200101000000 d/f", "200", "550", Permission.WRITE, Permission.OVERWRITE),
    HASH("HASH d/f", "213", "550", Permission.READ),
    XCRC("XCRC d/f", "250", "550", Permission.READ),
    XMD5("XMD5 d/f", "250", "550", Permission.READ),
    XSHA256("XSHA256 d/f", "250", "550", Permission.READ),
    RETR("RETR d/f", "226", "550", Permission.READ),
    RESTART("REST 1|RETR d/f", "226", "550", Permission.READ),
    DEFLATED("MODE Z|RETR d/f", "226", "550", Permission.READ),
    DEFLATED_LIST("MODE Z|LIST d", "226", "550", Permission.LIST),
    STOR("STOR d/new", "226", "550", Permission.WRITE),
    OVERWRITE("STOR d/f", "226", "55", Permission.WRITE, Permission.OVERWRITE),
    APPE("APPE d/new", "226", "550", Permission.WRITE),
    APPEND("APPE d/f", "226", "550", Permission.WRITE, Permission.OVERWRITE),
    RESUME("REST 1|STOR d/f", "226", "550", Permission.WRITE, Permission.OVERWRITE),
    STOU("STOU d/f", "226", "550", Permission.WRITE),
    DELE("DELE d/f", "250", "550", Permission.DELETE),
    RMD("RMD d/e", "250", "550", Permission.DELETE),
    MKD("MKD d/new", "257", "550", Permission.MAKE_FOLDER),
    RNTO("RNFR d/f|RNTO d/new", "250", "550", Permission.RENAME, Permission.WRITE),
    RNTO_FOLDER(
        "RNFR d/e|RNTO d/new",
        "250",
        "550",
        Permission.RENAME,
        Permission.WRITE,
        Permission.MAKE_FOLDER);

    private final List<String> lines;
    private final String done;
    private final String refused;
    private final Set<Permission> needed;

    Command(String lines, String done, String refused, Permission... needed) {
      this.lines = List.of(lines.split("\\|"));
      this.done = done;
      this.refused = refused;
      this.needed = EnumSet.copyOf(List.of(needed));
    }

    FtpVerb verb() {
      return FtpVerb.valueOf(lines.getLast().split(" ")[0]);
    }
  }

  @TempDir Path folder;
  private TestPortal portal;
  private Account account;
  private RawClient client;

  @BeforeEach
  void start() throws Exception {
    portal = new TestPortal(folder);
    account = portal.account("ann");
    portal.file(account, "d/f", new byte[] {1, 2, 3});
    Files.createDirectories(portal.home(account).resolve("d/e"));
    client = RawClient.loggedIn(portal, "ann");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    portal.close();
  }

  @Test
  void everyCommandHasARow() {
    Set<FtpVerb> rows = Stream.of(Command.values()).map(Command::verb).collect(Collectors.toSet());
    rows.addAll(WITHOUT_EFFECT);
    assertThat(rows).containsExactlyInAnyOrder(FtpVerb.values());
  }

  private void allow(AccessPolicy policy) {
    edit(a -> a.access(List.of(), policy));
  }

  private void edit(java.util.function.UnaryOperator<AccountEdit> change) {
    portal.accounts.change(
        "ann", OptionalLong.empty(), a -> change.apply(AccountEdit.of(a)).account(), Who.SYSTEM);
  }

  private static AccessPolicy rules(Set<Permission> elsewhere, FolderRule... rules) {
    return new AccessPolicy(
        Optional.of(elsewhere),
        List.of(rules),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private String run(List<String> lines) throws IOException {
    String reply = "";
    for (String line : lines) {
      reply =
          switch (line.split(" ")[0]) {
            case "STOR", "APPE", "STOU" -> client.store(line, new byte[] {9});
            case "LIST", "NLST", "MLSD", "RETR" -> fetched(line);
            default -> client.command(line);
          };
    }
    return reply;
  }

  private String fetched(String line) throws IOException {
    try (var data = client.data()) {
      String first = client.command(line);
      if (!first.startsWith("150 ")) {
        return first;
      }
      data.getInputStream().readAllBytes();
      return client.reply();
    }
  }

  /** Every file with its content, and every folder. */
  private Set<String> tree() throws IOException {
    try (Stream<Path> files = Files.walk(portal.home(account))) {
      Set<String> result = new TreeSet<>();
      for (Path file : files.toList()) {
        String content = Files.isDirectory(file) ? "" : " " + Files.readString(file);
        result.add(portal.home(account).relativize(file) + content);
      }
      return result;
    }
  }

  private void isRefused(Command command, AccessPolicy policy, String why) throws IOException {
    Set<String> before = tree();
    long used = portal.usedBytes(account.id());
    allow(policy);
    assertThat(run(command.lines)).as(command + " " + why).startsWith(command.refused);
    assertThat(tree()).as(command + " " + why).isEqualTo(before);
    assertThat(portal.usedBytes(account.id())).as(command + " " + why).isEqualTo(used);
    assertThat(portal.staged()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Command.class)
  void itIsRefusedWithoutAnyOfWhatItNeedsAndDoneWithNoMore(Command command) throws Exception {
    for (Permission missing : command.needed) {
      Set<Permission> others = EnumSet.complementOf(EnumSet.of(missing));
      if (command == Command.CWD) {
        others = Set.of();
      }
      isRefused(command, AccessPolicy.EMPTY.permitting(others), "lacks " + missing);
      isRefused(
          command,
          rules(EnumSet.allOf(Permission.class), new FolderRule("/d", others, Set.of())),
          "lacks by the folder " + missing);
      isRefused(
          command,
          rules(EnumSet.allOf(Permission.class), new FolderRule("/d", others, Set.of(Channel.FTP))),
          "lacks by FTP " + missing);
    }
    allow(
        rules(
            Set.of(),
            new FolderRule("/d", command.needed, Set.of(Channel.FTP)),
            new FolderRule("/d/e/other", EnumSet.allOf(Permission.class), Set.of(Channel.API))));
    assertThat(run(command.lines)).as("with no more").startsWith(command.done);
  }

  @ParameterizedTest
  @EnumSource(OnConflict.class)
  void whatExistsStaysWithoutThePermissionToOverwrite(OnConflict wish) throws Exception {
    edit(a -> a.use(Optional.empty(), wish, Optional.empty()));
    allow(AccessPolicy.EMPTY.permitting(EnumSet.of(Permission.WRITE)));
    String reply = client.store("STOR d/f", new byte[] {9});
    assertThat(reply).startsWith(wish == OnConflict.RENAME ? "226 " : "553 ");
    assertThat(Files.readAllBytes(portal.home(account).resolve("d/f"))).containsExactly(1, 2, 3);
  }

  @Test
  void nothingTellsWhetherAFileIsThereToWhoMayNotSee() throws Exception {
    allow(AccessPolicy.EMPTY.permitting(EnumSet.of(Permission.WRITE, Permission.MAKE_FOLDER)));
    List<String> told = new ArrayList<>();
    for (String verb :
        List.of(
            "SIZE", "MDTM", "MLST", "STAT", "HASH", "XCRC", "RETR", "RNFR", "DELE", "RMD", "LIST",
            "NLST", "MLSD")) {
      client.data().close();
      String there = client.command(verb + " d/f");
      client.data().close();
      String absent = client.command(verb + " d/g");
      if (!there.equals(absent)) {
        told.add(verb + ": " + there + " / " + absent);
      }
    }
    assertThat(told).isEmpty();
    assertThat(client.command("CWD d/f")).isEqualTo(client.command("CWD d/g"));
    assertThat(client.command("CWD d")).as("who drops files comes in").startsWith("250 ");
    allow(AccessPolicy.EMPTY.permitting(Set.of()));
    assertThat(client.command("CWD e")).isEqualTo(client.command("CWD g")).startsWith("550 ");
  }

  @Test
  void aRenameIsJudgedByTheRuleOfItsEnd() throws Exception {
    assertThat(client.command("RNFR d/f")).startsWith("350 ");
    allow(
        rules(
            EnumSet.allOf(Permission.class),
            new FolderRule("/d", EnumSet.of(Permission.LIST, Permission.RENAME), Set.of())));
    assertThat(client.command("RNTO out")).as("it could be read there").startsWith("550 ");
    assertThat(Files.exists(portal.home(account).resolve("out"))).isFalse();
  }

  @Test
  void aRestartAndAnAnnouncementChangeNoRight() throws Exception {
    allow(AccessPolicy.EMPTY.permitting(EnumSet.of(Permission.LIST)));
    assertThat(client.command("REST 1")).startsWith("350 ");
    assertThat(fetched("RETR d/f")).startsWith("550 ");
    assertThat(client.command("ALLO 1")).startsWith("200 ");
    assertThat(client.store("STOR d/new", new byte[1])).startsWith("550 ");
  }

  @Test
  void anotherSpellingOfAFolderIsAnotherFolderOrTheSameRule() throws Exception {
    allow(rules(EnumSet.allOf(Permission.class), new FolderRule("/d", Set.of(), Set.of())));
    for (String spelling : List.of("d/f", "/d/f", "//d//f", "./d/f", "x/../d/f", "d/./f", "d/f/")) {
      assertThat(fetched("RETR " + spelling)).as(spelling).startsWith("550 ");
    }
    for (String other : List.of("D/f", "d /f", "\uff44/f", "d\u200b/f")) {
      assertThat(fetched("RETR " + other)).as(other).startsWith("550 ").doesNotContain("lacks");
    }
  }
}
