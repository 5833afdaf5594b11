package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.tftp.wire.ErrorCode;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Data;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;

/** What the well-known port answers, and to what it says nothing. */
class TftpRequestsTest {
  @TempDir static Path folder;
  private static RunningServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new RunningServer(folder);
    Files.createDirectories(folder.resolve("boot/x86"));
    server.file("boot/x86/loader", 700);
    server.file("file", 100);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TftpPacket answer(String octets) throws IOException {
    try (Probe probe = new Probe(server.address("127.0.0.1"))) {
      probe.raw(octets);
      return probe.next();
    }
  }

  private static TftpPacket read(String filename, String... options) throws IOException {
    try (Probe probe = new Probe(server.address("127.0.0.1"))) {
      probe.request(filename, options);
      return probe.next();
    }
  }

  private static void assertFailure(TftpPacket packet, ErrorCode code) {
    assertThat(packet).isInstanceOf(Failure.class);
    Failure failure = (Failure) packet;
    assertThat(failure.code()).isEqualTo(code.number());
    assertThat(failure.message()).doesNotContain(folder.toString()).doesNotContain("/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"boot/x86/loader", "/boot/x86/loader", "boot\\x86\\loader", "//boot//x86/loader"})
  void pathsMaySeparateWithBackslashAndBeginWithASlash(String filename) throws IOException {
    assertThat(read(filename)).isInstanceOf(Data.class);
  }

  @Test
  void trailing0xffOfOldBootRomsIsCutOff() throws IOException {
    assertThat(answer("\0\1file\u00ff\0octet\0")).isInstanceOf(Data.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../file",
        "..\\..\\etc/passwd",
        "boot/../../file",
        "/../file",
        "a\r\nb",
        "x\u0007",
        "/",
        "."
      })
  void namesThatCannotBeAreAnAccessViolation(String filename) throws IOException {
    assertFailure(read(filename), ErrorCode.ACCESS_VIOLATION);
  }

  @Test
  void aMissingFileIsNotFound() throws IOException {
    assertFailure(read("nothing"), ErrorCode.FILE_NOT_FOUND);
    assertFailure(read("<script>#{7*7}"), ErrorCode.FILE_NOT_FOUND);
    assertFailure(read("n".repeat(255)), ErrorCode.FILE_NOT_FOUND);
    assertFailure(read("n".repeat(300)), ErrorCode.ACCESS_VIOLATION);
  }

  @Test
  void aFolderIsAnAccessViolation() throws IOException {
    assertFailure(read("boot"), ErrorCode.ACCESS_VIOLATION);
  }

  @Test
  void whatPolicyRefusesIsAnAccessViolationAndInTheAudit() throws IOException {
    assertFailure(read("forbidden"), ErrorCode.ACCESS_VIOLATION);
    assertThat(
            RunningServer.soon(() ->
                server.audit.page("", 0, 500).stream()
                    .anyMatch(e -> "forbidden".equals(e.subject()))))
        .isTrue();
  }

  @Test
  void writingIsRefused() throws IOException {
    assertFailure(answer("\0\2up.bin\0octet\0"), ErrorCode.ACCESS_VIOLATION);
    assertThat(folder.resolve("up.bin")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mail", "junk", ""})
  void otherModesAreIllegal(String mode) throws IOException {
    TftpPacket answer = answer("\0\1file\0" + mode + "\0");
    assertFailure(answer, ErrorCode.ILLEGAL_OPERATION);
    assertThat(((Failure) answer).message()).isEqualTo("only octet and netascii");
  }

  @Test
  void theModeIsComparedWithoutCase() throws IOException {
    assertThat(answer("\0\1file\0OcTeT\0")).isInstanceOf(Data.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0\1",
        "\0\1file",
        "\0\1file\0octet",
        "\0\1\0octet\0",
        "\0\2",
        "\0\1f\0octet\0blksize\0"
      })
  void cutOffRequestsAreIllegal(String octets) throws IOException {
    assertFailure(answer(octets), ErrorCode.ILLEGAL_OPERATION);
  }

  @Test
  void aRequestOverFiveHundredTwelveOctetsIsIllegal() throws IOException {
    assertFailure(answer("\0\1file\0octet\0" + "x\0y\0".repeat(150)), ErrorCode.ILLEGAL_OPERATION);
  }

  /** An answer could be made to bounce between servers, or to hit somebody else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\0",
        "\0\3\0\1data",
        "\0\4\0\1",
        "\0\5\0\0x\0",
        "\0\6tsize\0000\0",
        "\0\u0009x",
        "junk"
      })
  void whatIsNoRequestIsMetWithSilence(String octets) throws IOException {
    try (Probe probe = new Probe(server.address("127.0.0.1"))) {
      probe.raw(octets);
      assertThat(probe.hearsNothing()).isTrue();
    }
  }

  @Test
  void optionsAreAnsweredByAnOptionAck() throws IOException {
    assertThat(read("file", "BLKSIZE", "1468", "tsize", "0", "multicast", ""))
        .isEqualTo(new OptionAcknowledgement(Probe.map("blksize", "1468", "tsize", "100")));
  }

  @Test
  void optionsThatAreAllRefusedAreAnsweredByData() throws IOException {
    assertThat(read("file", "blksize", "7", "timeout", "0", "multicast", ""))
        .isInstanceOf(Data.class);
  }
}
