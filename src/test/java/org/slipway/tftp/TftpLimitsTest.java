package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.leases.TftpRules;
import org.slipway.tftp.wire.ErrorCode;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Data;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;

/** What is said of a device or a network is what it gets, and what changes meanwhile is noticed. */
class TftpLimitsTest {
  @TempDir Path folder;
  private TftpPortal portal;

  @BeforeEach
  void start() throws IOException {
    portal = new TftpPortal(folder);
    portal.file("file", 100_000);
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  private static TftpRules limits(Integer blksize, Integer windowsize, Boolean options) {
    return rules(blksize, windowsize, options, null);
  }

  private static TftpRules rules(
      Integer blksize, Integer windowsize, Boolean options, Integer rollover) {
    return new TftpRules(
        Optional.ofNullable(blksize),
        Optional.ofNullable(windowsize),
        Optional.ofNullable(options),
        Optional.ofNullable(rollover),
        Optional.empty(),
        Optional.empty());
  }

  private TftpPacket answer(String host, String... options) throws IOException {
    try (Probe probe = portal.probe(host)) {
      probe.request("file", options);
      return probe.next();
    }
  }

  private static OptionAcknowledgement granted(String... options) {
    return new OptionAcknowledgement(Probe.map(options));
  }

  @Test
  void theDeviceBoundsBeforeItsNetworkAndTheNetworkBeforeTheSettings() throws IOException {
    portal.network("wide", "127.0.0.0/8", limits(9_000, 4, null));
    portal.network("near", "127.0.0.0/24", limits(null, 2, null));
    String[] asked = {"blksize", "20000", "windowsize", "16"};
    assertThat(answer("127.0.0.1", asked))
        .isEqualTo(granted("blksize", "20000", "windowsize", "2"));
    assertThat(answer("127.9.0.1", asked)).isEqualTo(granted("blksize", "9000", "windowsize", "4"));
    assertThat(answer("::1", asked)).isEqualTo(granted("blksize", "20000", "windowsize", "16"));
    portal.device("127.0.0.1", true, limits(1_024, null, null));
    assertThat(answer("127.0.0.1", asked)).isEqualTo(granted("blksize", "1024", "windowsize", "2"));
    portal.device("127.0.0.1", true, limits(1_024, 16, null));
    assertThat(answer("127.0.0.1", asked))
        .isEqualTo(granted("blksize", "1024", "windowsize", "16"));
  }

  @Test
  void aDeviceCanBeGivenNoOptionsAtAll() throws IOException {
    portal.network("lab", "127.0.0.0/8", limits(null, null, false));
    String[] asked = {"blksize", "1468", "tsize", "0", "timeout", "1"};
    assertThat(answer("127.0.0.1", asked)).isInstanceOf(Data.class);
    portal.device("127.0.0.1", true, limits(null, null, true));
    assertThat(answer("127.0.0.1", asked)).isInstanceOf(OptionAcknowledgement.class);
  }

  @Test
  void blocksRollOverToOneForADeviceThatCountsSo() throws IOException {
    byte[] expected = portal.file("long", 8 * 65_600);
    portal.device("127.0.0.1", true, rules(null, null, null, 1));
    for (String window : new String[] {"1", "16"}) {
      try (Probe probe = portal.probe("127.0.0.1")) {
        assertThat(probe.fetchRollingOverTo(1, "long", "blksize", "8", "windowsize", window))
            .isEqualTo(expected);
      }
    }
    try (Probe probe = portal.probe("::1")) {
      assertThat(
              probe.fetchRollingOverTo(
                  1, "long", "blksize", "8", "windowsize", "64", "rollover", "1"))
          .isEqualTo(expected);
      assertThat(probe.fetch("long", "blksize", "8", "windowsize", "64", "rollover", "0"))
          .isEqualTo(expected);
    }
  }

  @Test
  void aDisabledDeviceIsStoppedWithinASecond() throws IOException {
    portal.device("127.0.0.1", true, TftpRules.NONE);
    try (Probe probe = portal.probe("127.0.0.1");
        Probe other = portal.probe("::1")) {
      probe.request("file");
      probe.next();
      probe.ack(1);
      probe.next();
      other.request("file");
      other.next();
      portal.device("127.0.0.1", false, TftpRules.NONE);
      assertThat(probe.next(1_000)).containsInstanceOf(Failure.class);
      probe.ack(2);
      assertThat(probe.hearsNothing()).isTrue();
      probe.request("file");
      assertThat(probe.next())
          .isEqualTo(new Failure(ErrorCode.ACCESS_VIOLATION, "Access violation"));
      other.ack(1);
      assertThat(other.nextData().block()).isEqualTo(2);
    }
  }

  @Test
  void aFileThatIsReplacedOrDeletedIsSentAsItWas() throws IOException {
    byte[] before = portal.file("replaced", 900_000);
    try (Probe probe = portal.probe("127.0.0.1")) {
      probe.request("replaced", "blksize", "1000");
      probe.next();
      probe.ack(0);
      byte[] got = new byte[before.length];
      for (int block = 1; block <= 900; block++) {
        probe.nextData(block).content().get(got, (block - 1) * 1_000, 1_000);
        if (block == 10) {
          portal.file("new", 900_001);
          Files.move(portal.path("new"), portal.path("replaced"), StandardCopyOption.ATOMIC_MOVE);
        } else if (block == 500) {
          Files.delete(portal.path("replaced"));
        }
        probe.ack(block);
      }
      assertThat(probe.nextData(901).content().remaining()).isZero();
      assertThat(got).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileThatIsWrittenToEndsTheTransfer(boolean sameLength) throws IOException {
    portal.file("written", 900_000);
    try (Probe probe = portal.probe("127.0.0.1")) {
      probe.request("written", "blksize", "1000");
      probe.next();
      probe.ack(0);
      probe.nextData();
      Files.write(portal.path("written"), new byte[sameLength ? 900_000 : 300_000]);
      int block = 0;
      TftpPacket answer;
      do {
        probe.ack(++block);
        answer = afterRepetitions(probe, block);
      } while (answer instanceof Data);
      assertThat(answer)
          .isEqualTo(
              new Failure(ErrorCode.NOT_DEFINED, "The file was changed during the transfer"));
      assertThat(block).isLessThan(100);
      assertThat(probe.hearsNothing()).isTrue();
    }
  }

  private static TftpPacket afterRepetitions(Probe probe, int acknowledged) {
    TftpPacket answer = probe.next();
    while (answer instanceof Data data && data.block() <= acknowledged) {
      answer = probe.next();
    }
    return answer;
  }

  @Test
  void upperAndLowerCaseAreNotToldApartWhereOnlyOneFileCanBeMeant() throws IOException {
    portal.file("Boot/Fonts/wgl4_boot.ttf", 1_000);
    portal.file("twice/A.bin", 1);
    portal.file("twice/a.BIN", 2);
    portal.file("exact/name", 3);
    portal.file("exact/NAME", 4);
    portal.file("BOOT2/x", 5);
    portal.file("boot2/y", 6);
    try (Probe probe = portal.probe("127.0.0.1")) {
      assertThat(probe.fetch("\\BOOT\\FONTS\\WGL4_Boot.TTF")).hasSize(1_000);
      assertThat(probe.fetch("exact/name")).hasSize(3);
      assertThat(probe.fetch("Boot2/Y")).hasSize(6);
      for (String name : new String[] {"twice/a.bin", "exact/Name", "boot/nothing", "FILE/x"}) {
        probe.request(name);
        assertThat(probe.next())
            .as(name)
            .isEqualTo(new Failure(ErrorCode.FILE_NOT_FOUND, "File not found"));
      }
    }
  }

  @Test
  void upperAndLowerCaseAreToldApartWhereTheSettingSaysSo() throws IOException {
    portal.close();
    portal = new TftpPortal(folder, "slipway.tftp.case-insensitive", "false");
    try (Probe probe = portal.probe("127.0.0.1")) {
      probe.request("FILE");
      assertThat(probe.next()).isEqualTo(new Failure(ErrorCode.FILE_NOT_FOUND, "File not found"));
    }
  }

  @Test
  void junkBehindANameIsCutOff() throws IOException {
    try (Probe probe = portal.probe("127.0.0.1")) {
      for (String name : new String[] {"file\u00ff", "file\u00ff\u00ff", "fileM-^?", "//file"}) {
        probe.raw("\0\1" + name + "\0octet\0");
        assertThat(probe.next()).as(name).isInstanceOf(Data.class);
      }
    }
  }
}
