package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.tftp.wire.TftpPacket.Data;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;

/** The shell on a real terminal, as far as a pseudo-terminal is one. */
@EnabledOnOs(OS.LINUX)
class FtpConsoleTest {
  /** What a shell makes of a program that ended by an interrupt. */
  private static final int INTERRUPTED = 130;

  @TempDir private Path scratch;
  private ServingPortal portal;
  private Path here;
  private Path config;
  private Path password;

  @BeforeEach
  void open() throws IOException {
    here = Files.createDirectory(scratch.resolve("here"));
    config = scratch.resolve("config");
    password = Files.writeString(scratch.resolve("password"), ServingPortal.PASSWORD);
    portal = new ServingPortal(Files.createDirectory(scratch.resolve("portal")));
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private PseudoTerminal expect(String text) {
    return new PseudoTerminal(
            config,
            "ftp",
            portal.ftp(),
            "--user",
            ServingPortal.USER,
            "--password-file",
            "" + password)
        .expect(text);
  }

  @Test
  void namesAreCompletedHereAndThere() throws Exception {
    Files.writeString(here.resolve("local file.txt"), "x");
    Files.createDirectories(portal.listedPath("images"));
    Files.writeString(portal.listedPath("images/rootfs.img"), "root");
    PseudoTerminal.Session session =
        expect("slipway:/> ")
            .send("lcd " + here + "\r")
            .expect("slipway:/> ")
            .send("cd im\t\r")
            .expect("slipway:/images> ")
            .send("get ro\t\r")
            .expect(" bytes in ")
            .send("put loc\t\r")
            .expect(" bytes in ")
            .send("qui\t\r")
            .run(80);
    assertThat(session.exitCode()).as(session.screen()).isZero();
    assertThat(here.resolve("rootfs.img")).hasContent("root");
    assertThat(portal.listedPath("images/local file.txt")).hasContent("x");
    assertThat(config.resolve("history")).content().contains("get rootfs.img");
  }

  @Test
  void aNameThatIsTakenIsAskedFor() throws Exception {
    Files.writeString(here.resolve("f"), "here");
    Files.writeString(portal.listedPath("f"), "there");
    PseudoTerminal.Session session =
        expect("> ")
            .send("lcd " + here + "\r")
            .expect("> ")
            .send("get f\r")
            .expect("(o)verwrite")
            .send("s\r")
            .expect("exists, and is kept")
            .send("get f\r")
            .expect("(o)verwrite")
            .send("k\r")
            .expect(" bytes in ")
            .send("q\r")
            .run(80);
    assertThat(session.exitCode()).as(session.screen()).isZero();
    assertThat(here.resolve("f")).hasContent("here");
    assertThat(here.resolve("f.new")).hasContent("there");
  }

  @Test
  void ctrlCEndsAFetchAndNotTheShell() throws Exception {
    slowly();
    Files.write(portal.listedPath("large"), new byte[30_000_000]);
    PseudoTerminal.Session session =
        expect("> ")
            .send("lcd " + here + "\r")
            .expect("> ")
            .send("get large\r")
            .expect("%")
            .send(PseudoTerminal.CTRL_C)
            .expect("interrupted")
            .expect("> ")
            .send("pwd\r")
            .expect("there: /")
            .send("q\r")
            .run(80);
    assertThat(session.exitCode()).as(session.screen()).isZero();
    assertThat(here).isEmptyDirectory();
  }

  @Test
  void ctrlCInAnUploadLeavesNothingThere() throws Exception {
    slowly();
    Files.write(here.resolve("large"), new byte[30_000_000]);
    PseudoTerminal.Session session =
        expect("> ")
            .send("lcd " + here + "\r")
            .expect("> ")
            .send("put large\r")
            .expect("%")
            .send(PseudoTerminal.CTRL_C)
            .expect("interrupted")
            .send("q\r")
            .run(80);
    assertThat(session.exitCode()).as(session.screen()).isZero();
    assertThat(portal.listedPath("large")).doesNotExist();
    try (Stream<Path> files = Files.list(here)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void ctrlCEndsAProvisioningAndLeavesNoPartOfAFile() throws Exception {
    slowly();
    portal.listed("images/large", new byte[30_000_000]).device("127.0.0.79");
    List<String> words = new ArrayList<>(portal.arguments());
    words.addAll(List.of("--user", ServingPortal.USER, "--password-file", "" + password));
    words.addAll(List.of("--into", "" + here));
    PseudoTerminal.Session session =
        new PseudoTerminal(config, words.toArray(String[]::new))
            .expect("large")
            .expect("%")
            .send(PseudoTerminal.CTRL_C)
            .run(40);
    assertThat(session.exitCode()).as(session.screen()).isEqualTo(INTERRUPTED);
    try (Stream<Path> files = Files.walk(here)) {
      assertThat(files.filter(Files::isRegularFile).map(here::relativize).map(Path::toString))
          .containsExactlyInAnyOrder("sw-01.rc", "sw-01.rc.sha256");
    }
  }

  @Test
  void ctrlCEndsAFetchByTftpAndLeavesNoPartOfTheFile() throws Exception {
    try (TftpStub server =
        new TftpStub((request, transfer) -> {
          transfer.send(new OptionAcknowledgement(Map.of("tsize", "100000000")));
          transfer.expectAcknowledgement(0);
          transfer.send(new Data(1, ByteBuffer.wrap(new byte[512])));
        })) {
      String from = "127.0.0.1:" + server.address().getPort();
      PseudoTerminal.Session session =
          new PseudoTerminal(config, "tftp", "get", from, "large", "" + here.resolve("large"))
              .expect("%")
              .send(PseudoTerminal.CTRL_C)
              .run(40);
      assertThat(session.exitCode()).as(session.screen()).isEqualTo(INTERRUPTED);
      assertThat(here).isEmptyDirectory();
    }
  }

  /** So that there is something to interrupt. */
  private void slowly() {
    portal.bandwidth(Optional.of(2_000_000L));
  }

  @Test
  void aBarIsRedrawnInFortyColumns() throws Exception {
    slowly();
    Files.write(portal.listedPath("a file with a rather long name.img"), new byte[3_000_000]);
    PseudoTerminal.Session session =
        expect("> ")
            .send("lcd " + here + "\r")
            .expect("> ")
            .send("mget a*\r")
            .expect(" bytes in ")
            .send("q\r")
            .run(40);
    assertThat(session.exitCode()).as(session.screen()).isZero();
    List<String> drawn =
        session.screen().lines().flatMap(line -> Stream.of(line.split("\r"))).toList();
    List<String> bars = drawn.stream().filter(line -> line.contains("%")).toList();
    assertThat(bars).hasSizeGreaterThan(3).allSatisfy(bar -> assertThat(bar).hasSizeLessThan(40));
  }

  @Test
  void anUnknownCertificateIsAskedForOnceAndRemembered() throws Exception {
    PseudoTerminal.Session first =
        expect("(y)es").send("y\r").expect("> ").send("q\r").run(80, "--tls");
    assertThat(first.exitCode()).as(first.screen()).isZero();
    assertThat(config.resolve("known-servers")).content().startsWith(portal.ftp() + " ");
    PseudoTerminal.Session second =
        expect("> ").send("ls\r").expect("> ").send("q\r").run(80, "--tls");
    assertThat(second.exitCode()).as(second.screen()).isZero();
    assertThat(second.screen()).doesNotContain("(y)es");
  }
}
