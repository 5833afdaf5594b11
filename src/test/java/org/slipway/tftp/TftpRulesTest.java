package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.tftp.wire.ErrorCode;
import org.slipway.tftp.wire.TftpCodec;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Acknowledgement;
import org.slipway.tftp.wire.TftpPacket.Data;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;

/** The rules of a running transfer, one by one, as a client sees them. */
class TftpRulesTest {
  @TempDir static Path folder;
  private static RunningServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new RunningServer(folder);
    server.file("file", 5_000);
    server.file("multiple", 1_024);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Probe probe() throws IOException {
    return new Probe(server.address("127.0.0.1"));
  }

  @Test
  void aTransferHasAPortOfItsOwn() throws IOException {
    try (Probe first = probe();
        Probe second = probe()) {
      first.request("file");
      second.request("file");
      first.next();
      second.next();
      assertThat(first.peer().getPort())
          .isNotEqualTo(second.peer().getPort())
          .isNotEqualTo(server.port);
    }
  }

  @Test
  void aStrangerIsToldSoAndTheTransferGoesOn() throws IOException {
    try (Probe client = probe();
        Probe stranger = probe()) {
      client.request("file");
      client.next();
      stranger.send(client.peer(), TftpCodec.encode(new Acknowledgement(1)));
      assertFailure(stranger.next(), ErrorCode.UNKNOWN_TRANSFER_ID);
      stranger.send(client.peer(), TftpCodec.encode(new Failure(0, "stop")));
      assertThat(stranger.hearsNothing()).isTrue();
      client.ack(1);
      assertThat(client.nextData().block()).isEqualTo(2);
    }
  }

  @Test
  void anExactMultipleEndsWithAnEmptyBlock() throws IOException {
    try (Probe probe = probe()) {
      probe.request("multiple");
      assertThat(probe.nextData().content().remaining()).isEqualTo(512);
      probe.ack(1);
      assertThat(probe.nextData().content().remaining()).isEqualTo(512);
      probe.ack(2);
      Data last = probe.nextData();
      assertThat(last.block()).isEqualTo(3);
      assertThat(last.content().remaining()).isZero();
    }
  }

  /** RFC 1123 section 4.2.3.1, the sorcerer's apprentice. */
  @Test
  void duplicateAcksNeverMakeDataGoOutAgain() throws IOException {
    try (Probe probe = probe()) {
      probe.request("file");
      probe.next();
      probe.ack(1);
      probe.ack(1);
      probe.ack(1);
      assertThat(probe.nextData().block()).isEqualTo(2);
      assertThat(probe.hearsNothing()).isTrue();
    }
  }

  @Test
  void oldAndFutureAcksAreIgnored() throws IOException {
    try (Probe probe = probe()) {
      probe.request("file");
      probe.next();
      probe.ack(1);
      assertThat(probe.nextData().block()).isEqualTo(2);
      probe.ack(0);
      probe.ack(3);
      probe.ack(40_000);
      assertThat(probe.hearsNothing()).isTrue();
      probe.ack(2);
      assertThat(probe.nextData().block()).isEqualTo(3);
    }
  }

  @Test
  void noDataBeforeTheOptionAckIsAcknowledged() throws IOException {
    try (Probe probe = probe()) {
      probe.request("file", "windowsize", "4", "blksize", "512");
      assertThat(probe.next())
          .isEqualTo(new OptionAcknowledgement(Map.of("windowsize", "4", "blksize", "512")));
      assertThat(probe.hearsNothing()).isTrue();
      probe.ack(0);
      for (int block = 1; block <= 4; block++) {
        assertThat(probe.nextData().block()).isEqualTo(block);
      }
      assertThat(probe.hearsNothing()).isTrue();
    }
  }

  @Test
  void anAckInTheWindowGoesBackToTheFirstMissingBlockOnce() throws IOException {
    try (Probe probe = probe()) {
      probe.request("file", "windowsize", "4");
      probe.next();
      probe.ack(0);
      expectBlocks(probe, 1, 4);
      probe.ack(2);
      probe.ack(2);
      probe.ack(2);
      expectBlocks(probe, 3, 6);
      assertThat(probe.hearsNothing()).isTrue();
      probe.ack(6);
      expectBlocks(probe, 7, 10);
    }
  }

  @Test
  void aRepeatedAckSaysThatAWholeWindowWasLost() throws IOException {
    try (Probe probe = probe()) {
      probe.request("file", "windowsize", "3");
      probe.next();
      probe.ack(0);
      expectBlocks(probe, 1, 3);
      probe.ack(3);
      expectBlocks(probe, 4, 6);
      assertThat(probe.hearsNothing()).isTrue();
      probe.ack(3);
      probe.ack(3);
      expectBlocks(probe, 4, 6);
      assertThat(probe.hearsNothing()).isTrue();
    }
  }

  @Test
  void aRepeatedRequestStartsNoSecondTransfer() throws IOException {
    try (Probe probe = probe()) {
      probe.request("file");
      assertThat(probe.nextData().block()).isEqualTo(1);
      var first = probe.peer();
      probe.request("file");
      assertThat(probe.nextData().block()).isEqualTo(1);
      assertThat(probe.peer()).isEqualTo(first);
    }
  }

  @Test
  void aNewRequestFromTheSamePortEndsTheOldTransfer() throws IOException {
    server.file("renewed", 3_000);
    try (Probe probe = probe()) {
      probe.request("renewed");
      probe.next();
      probe.ack(1);
      probe.next();
      var first = probe.peer();
      probe.request("renewed", "tsize", "0");
      assertThat(probe.next()).isInstanceOf(OptionAcknowledgement.class);
      assertThat(probe.peer()).isNotEqualTo(first);
      assertThat(server.soonTold("renewed: aborted 1024")).isTrue();
    }
  }

  @Test
  void aLateDoubleOfTheRequestDisturbsNothing() throws IOException {
    try (Probe probe = probe()) {
      probe.request("file");
      probe.next();
      probe.ack(1);
      probe.next();
      probe.request("file");
      assertThat(probe.hearsNothing()).isTrue();
      probe.ack(2);
      assertThat(probe.nextData().block()).isEqualTo(3);
    }
  }

  @Test
  void aSizeProbeIsNoFailure() throws IOException {
    for (int code : new int[] {8, 0}) {
      String name = "probed-" + code;
      server.file(name, 4_321);
      try (Probe probe = probe()) {
        probe.request(name, "tsize", "0", "blksize", "1468");
        OptionAcknowledgement answer = (OptionAcknowledgement) probe.next();
        assertThat(answer.options()).containsEntry("tsize", "4321");
        probe.toTransfer(new Failure(code, "User aborted the transfer"));
        assertThat(server.soonTold(name + ": sizeProbed")).isTrue();
        assertThat(probe.hearsNothing()).isTrue();
      }
    }
  }

  @Test
  void aClientThatEndsItIsNotAnsweredAndNothingIsDelivered() throws IOException {
    server.file("ended", 4_000);
    try (Probe probe = probe()) {
      probe.request("ended");
      probe.next();
      probe.ack(1);
      probe.next();
      probe.toTransfer(new Failure(ErrorCode.DISK_FULL, "full"));
      assertThat(server.soonTold("ended: aborted 1024 the client ended it with error 3")).isTrue();
      assertThat(probe.hearsNothing()).isTrue();
    }
    assertThat(server.content.events).doesNotContain("ended: delivered", "ended: lastBlockSent");
  }

  @Test
  void aClosedClientPortEndsTheTransfer() throws IOException {
    server.file("vanished", 4_000);
    try (Probe probe = probe()) {
      probe.request("vanished");
      probe.next();
      probe.ack(1);
    }
    assertThat(server.soonTold("vanished: aborted")).isTrue();
  }

  @Test
  void junkInsideATransferIsIgnored() throws IOException {
    try (Probe probe = probe()) {
      probe.request("file");
      probe.next();
      for (String junk : new String[] {"", "\0", "\0\4", "\0\4\0", "\0\u0009xx", "\u00ff\u00ff"}) {
        probe.send(
            probe.peer(),
            ByteBuffer.wrap(junk.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
      }
      probe.toTransfer(new Data(1, ByteBuffer.allocate(3)));
      probe.ack(1);
      assertThat(probe.nextData().block()).isEqualTo(2);
    }
  }

  @Test
  void aFaultOfTheServerEndsOnlyThatTransfer() throws IOException {
    server.file("faulty", 100);
    try (Probe probe = probe()) {
      probe.request("faulty");
      assertThat(probe.next()).isEqualTo(new Failure(ErrorCode.NOT_DEFINED, "Server error"));
      assertThat(server.soonTold("faulty: aborted 0 a fault of the server")).isTrue();
      assertThat(probe.fetch("file")).hasSize(5_000);
    }
  }

  @Test
  void aTransferCanBeStoppedByAnAdministrator() throws IOException {
    server.file("stopped", 4_000);
    try (Probe probe = probe()) {
      probe.request("stopped");
      probe.next();
      server.transfers.active().stream()
          .filter(t -> t.description().path().equals("stopped"))
          .forEach(org.slipway.transfers.ActiveTransfer::cancel);
      Optional<TftpPacket> answer = probe.next(5_000);
      assertFailure(answer.orElseThrow(), ErrorCode.NOT_DEFINED);
      assertThat(server.soonTold("stopped: aborted 512 stopped by an administrator")).isTrue();
    }
  }

  private static void expectBlocks(Probe probe, int first, int last) {
    for (int block = first; block <= last; block++) {
      assertThat(probe.nextData().block()).isEqualTo(block);
    }
  }

  private static void assertFailure(TftpPacket packet, ErrorCode code) {
    assertThat(packet).isInstanceOf(Failure.class);
    assertThat(((Failure) packet).code()).isEqualTo(code.number());
  }
}
