package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slipway.tftp.RunningServer.soon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.leases.TftpRules.WriteGrant;
import org.slipway.tftp.wire.ErrorCode;
import org.slipway.tftp.wire.TftpCodec;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Acknowledgement;
import org.slipway.tftp.wire.TftpPacket.Data;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.transfers.TransferOutcome;

/** What ends an upload before it is whole leaves nothing, and what others send changes nothing. */
class TftpWriteEndsTest {
  private static final byte[] FULL = new byte[512];
  private static final byte[] SHORT = {1, 2, 3};

  @TempDir Path folder;
  private WritableServer server;
  private Probe probe;

  @BeforeEach
  void start() throws IOException {
    server =
        new WritableServer(
            folder, "slipway.tftp.write", "create", "slipway.tftp.write-quota", "100000");
    probe = new Probe(server.address());
  }

  @AfterEach
  void stop() {
    probe.close();
    server.close();
  }

  private void assertAcked(int block) {
    assertThat(probe.next()).isEqualTo(new Acknowledgement(block));
  }

  private void assertFails(ErrorCode code) {
    TftpPacket answer = probe.next();
    assertThat(answer).isInstanceOf(Failure.class);
    assertThat(((Failure) answer).code()).isEqualTo(code.number());
    assertThat(((Failure) answer).message()).doesNotContain(folder.toString()).doesNotContain("/");
  }

  private void assertNothingIsLeft(String name) {
    assertThat(server.soonNothingIsStaged()).isTrue();
    assertThat(server.boot.resolve(name)).doesNotExist();
    assertThat(soon(() -> server.used() == 0)).isTrue();
  }

  @Test
  void aClientThatEndsItLeavesNothing() {
    probe.write("file", "octet");
    assertAcked(0);
    probe.data(1, FULL);
    assertAcked(1);
    probe.toTransfer(new Failure(ErrorCode.NOT_DEFINED, "changed my mind"));
    assertThat(server.ended("file").outcome()).isEqualTo(TransferOutcome.ABORTED);
    assertNothingIsLeft("file");
    assertThat(probe.hearsNothing()).isTrue();
  }

  @Test
  void aClientWhosePortIsClosedLeavesNothing() {
    probe.write("file", "octet");
    assertAcked(0);
    probe.data(1, FULL);
    probe.close();
    assertThat(server.ended("file").outcome()).isEqualTo(TransferOutcome.ABORTED);
    assertNothingIsLeft("file");
  }

  @Test
  void aClientThatFallsSilentLeavesNothing() throws IOException {
    try (WritableServer hasty =
            new WritableServer(
                folder.resolve("hasty"),
                "slipway.tftp.write",
                "create",
                "slipway.tftp.give-up",
                "1s");
        Probe silent = new Probe(hasty.address())) {
      silent.write("file", "octet");
      silent.next();
      silent.data(1, FULL);
      assertThat(hasty.ended("file").reason()).contains("no answer from the client");
      assertThat(hasty.soonNothingIsStaged()).isTrue();
    }
  }

  @Test
  void anAdministratorStopsItAndNothingIsLeft() {
    probe.write("file", "octet");
    assertAcked(0);
    probe.data(1, FULL);
    assertAcked(1);
    server.portal.transfers.active().forEach(t -> t.cancel());
    assertFails(ErrorCode.NOT_DEFINED);
    assertThat(server.ended("file").reason()).contains("stopped by an administrator");
    assertNothingIsLeft("file");
  }

  @Test
  void aStoppedListenerLeavesNothing() {
    probe.write("file", "octet");
    assertAcked(0);
    probe.data(1, FULL);
    assertAcked(1);
    server.stopListening();
    assertFails(ErrorCode.NOT_DEFINED);
    assertThat(server.ended("file").outcome()).isEqualTo(TransferOutcome.ABORTED);
    assertNothingIsLeft("file");
  }

  @Test
  void aStrangerIsToldSoAndChangesNothing() throws IOException {
    probe.write("file", "octet");
    assertAcked(0);
    try (Probe stranger = new Probe(server.address())) {
      stranger.send(
          probe.peer(), TftpCodec.encode(new Data(1, ByteBuffer.wrap(new byte[] {6, 6, 6}))));
      assertThat(((Failure) stranger.next()).code()).isEqualTo(5);
    }
    probe.data(1, SHORT);
    assertAcked(1);
    assertThat(server.boot.resolve("file")).hasBinaryContent(SHORT);
  }

  @Test
  void anotherRequestFromThePortEndsTheFirst() throws IOException {
    probe.write("first", "octet");
    assertAcked(0);
    probe.data(1, FULL);
    assertAcked(1);
    probe.write("second", "octet");
    assertAcked(0);
    probe.data(1, SHORT);
    assertAcked(1);
    assertThat(server.stored("second")).isEqualTo(SHORT);
    assertThat(server.ended("first").outcome()).isEqualTo(TransferOutcome.ABORTED);
    assertThat(server.boot.resolve("first")).doesNotExist();
  }

  @Test
  void aDeviceThatIsDisabledIsStoppedAndLeavesNothing() {
    server.device(true, Optional.of(WriteGrant.OVERWRITE), Optional.of("in"));
    probe.write("file", "octet");
    assertAcked(0);
    probe.data(1, FULL);
    assertAcked(1);
    server.device(false, Optional.of(WriteGrant.OVERWRITE), Optional.of("in"));
    assertFails(ErrorCode.NOT_DEFINED);
    assertThat(server.ended("in/file").outcome()).isEqualTo(TransferOutcome.ABORTED);
    assertNothingIsLeft("in/file");
    probe.write("file", "octet");
    assertFails(ErrorCode.ACCESS_VIOLATION);
  }
}
