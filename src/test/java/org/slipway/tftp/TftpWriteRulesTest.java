package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slipway.tftp.RunningServer.soon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.tftp.wire.ErrorCode;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Acknowledgement;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;
import org.slipway.transfers.TransferOutcome;

/** Packet by packet: what is acknowledged, when, and what is left of what goes wrong. */
class TftpWriteRulesTest {
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
  void withoutOptionsTheAnswerIsAck0() {
    probe.write("file", "octet");
    assertAcked(0);
    probe.data(1, SHORT);
    assertAcked(1);
    assertThat(server.boot.resolve("file")).hasBinaryContent(SHORT);
  }

  @Test
  void optionsAreAnsweredInPlaceOfAck0() {
    probe.write("f", "octet", "blksize", "1024", "tsize", "3", "timeout", "2", "unknown", "1");
    assertThat(probe.next())
        .isEqualTo(
            new OptionAcknowledgement(Probe.map("blksize", "1024", "timeout", "2", "tsize", "3")));
  }

  @Test
  void optionsThatAreAllRefusedAreAnsweredByAck0() {
    probe.write("file", "octet", "blksize", "7", "windowsize", "0", "tsize", "x", "multicast", "");
    assertAcked(0);
  }

  @Test
  void aWindowIsNoLargerThanTheReceiveBufferHolds() {
    probe.write("file", "octet", "blksize", "65464", "windowsize", "64");
    assertThat(((OptionAcknowledgement) probe.next()).options()).containsEntry("windowsize", "2");
  }

  @Test
  void theSizeIsCheckedBeforeTheFirstAck() {
    probe.write("file", "octet", "tsize", "100001");
    assertFails(ErrorCode.DISK_FULL);
    probe.write("file", "octet", "tsize", "1000000000000");
    assertFails(ErrorCode.DISK_FULL);
    probe.write("file", "octet", "tsize", "9".repeat(60));
    assertFails(ErrorCode.DISK_FULL);
    assertNothingIsLeft("file");
    assertThat(server.ended("file").outcome()).isEqualTo(TransferOutcome.REFUSED);
  }

  @Test
  void aSizeTheDiskCannotHoldIsRefusedWhateverTheQuota() throws IOException {
    try (WritableServer generous =
            new WritableServer(
                folder.resolve("other"),
                "slipway.tftp.write",
                "create",
                "slipway.tftp.write-quota",
                "8000000T");
        Probe other = new Probe(generous.address())) {
      other.write("file", "octet", "tsize", "1000000000000000000");
      assertThat(((Failure) other.next()).code()).isEqualTo(3);
    }
  }

  @Test
  void theSizeIsOnlyAClaim() throws IOException {
    try (Sender sender = Sender.to(server.address())) {
      byte[] tooMuch = new byte[150_000];
      String[] lie = {"tsize", "10"};
      assertThat(sender.send("more", tooMuch, "octet", lie).orElseThrow().code()).isEqualTo(3);
      assertNothingIsLeft("more");
      assertThat(sender.send("less", SHORT, "octet", "tsize", "90000")).isEmpty();
      assertThat(soon(() -> server.used() == SHORT.length)).isTrue();
      assertThat(sender.send("rest", new byte[99_997], "octet")).isEmpty();
    }
  }

  /** One ledger counts for all of them: what fits is stored whole, and no octet more. */
  @Test
  void sixtyFourAtOnceNeverPassTheQuotaTogether() throws Exception {
    byte[] content = new byte[3_000];
    CountDownLatch together = new CountDownLatch(64);
    List<Future<Optional<Failure>>> ends;
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      ends =
          IntStream.range(0, 64)
              .mapToObj(i ->
                  clients.submit(() -> {
                    try (Sender sender = Sender.to(server.address())) {
                      together.countDown();
                      together.await();
                      return sender.send("at-once-" + i, content, "octet", "tsize", "3000");
                    }
                  }))
              .toList();
    }
    int stored = 0;
    for (int i = 0; i < 64; i++) {
      Optional<Failure> refusal = ends.get(i).get();
      if (refusal.isEmpty()) {
        stored++;
        assertThat(server.stored("at-once-" + i)).isEqualTo(content);
      } else {
        assertThat(refusal.get().code()).isEqualTo(ErrorCode.DISK_FULL.number());
        assertThat(server.boot.resolve("at-once-" + i)).doesNotExist();
      }
    }
    assertThat(stored).isEqualTo(100_000 / 3_000);
    assertThat(soon(() -> server.used() == 99_000)).isTrue();
  }

  @Test
  void anExistingNameIsRefused() throws IOException {
    try (Sender sender = Sender.to(server.address())) {
      assertThat(sender.send("file", SHORT, "octet")).isEmpty();
    }
    probe.write("file", "octet");
    assertFails(ErrorCode.FILE_EXISTS);
    assertThat(server.stored("file")).isEqualTo(SHORT);
  }

  /** Two begin with the same free name; the second to end finds it taken. */
  @Test
  void aNameThatIsTakenMeanwhileIsRefusedAtTheEnd() throws IOException {
    probe.write("file", "octet");
    assertAcked(0);
    try (Sender sender = Sender.to(server.address())) {
      assertThat(sender.send("file", SHORT, "octet")).isEmpty();
    }
    probe.data(1, new byte[9]);
    assertFails(ErrorCode.FILE_EXISTS);
    assertThat(server.stored("file")).isEqualTo(SHORT);
  }

  @Test
  void nothingIsVisibleBeforeTheLastBlock() {
    probe.write("file", "octet");
    assertAcked(0);
    probe.data(1, FULL);
    assertAcked(1);
    assertThat(server.boot.resolve("file")).doesNotExist();
    probe.data(2, new byte[0]);
    assertAcked(2);
    assertThat(server.boot.resolve("file")).hasSize(512);
  }

  @Test
  void aRepeatedBlockIsAcknowledgedAgainAndWrittenOnce() {
    probe.write("file", "octet");
    assertAcked(0);
    for (int i = 0; i < 3; i++) {
      probe.data(1, FULL);
      assertAcked(1);
    }
    probe.data(2, SHORT);
    assertAcked(2);
    assertThat(server.boot.resolve("file")).hasSize(515);
  }

  /** RFC 1350 section 6: the receiver of the last block dallies. */
  @Test
  void aRepeatedLastBlockIsAcknowledgedAgain() {
    aRepeatedBlockIsAcknowledgedAgainAndWrittenOnce();
    for (int i = 0; i < 3; i++) {
      probe.data(2, SHORT);
      assertAcked(2);
    }
  }

  @Test
  void aRepeatedRequestIsAnsweredAgainAndBeginsNothing() {
    probe.write("file", "octet");
    assertAcked(0);
    probe.write("file", "octet");
    assertAcked(0);
    probe.data(1, SHORT);
    assertAcked(1);
    assertThat(server.portal.transfers.active()).isEmpty();
    assertThat(server.history).hasSize(1);
  }

  @Test
  void aGapIsAnsweredOnceByTheLastBlockInOrder() {
    probe.write("file", "octet", "windowsize", "8");
    probe.next();
    probe.data(1, FULL);
    probe.data(3, FULL);
    assertAcked(1);
    probe.data(4, FULL);
    probe.data(5, FULL);
    assertThat(probe.hearsNothing()).isTrue();
    probe.data(2, FULL);
    probe.data(3, SHORT);
    assertAcked(3);
    assertThat(server.boot.resolve("file")).hasSize(1_027);
  }

  @Test
  void blocksOfOldWindowsSayNothingNewButTheLast() {
    probe.write("file", "octet", "windowsize", "2");
    probe.next();
    probe.data(1, FULL);
    probe.data(2, FULL);
    assertAcked(2);
    probe.data(1, FULL);
    assertThat(probe.hearsNothing()).isTrue();
    probe.data(2, FULL);
    assertAcked(2);
    probe.data(3, SHORT);
    assertAcked(3);
    assertThat(server.boot.resolve("file")).hasSize(1_027);
  }

  @Test
  void aLostTailOfAWindowIsAskedForAfterASecond() {
    probe.write("file", "octet", "windowsize", "2");
    probe.next();
    probe.data(1, FULL);
    probe.data(2, FULL);
    assertAcked(2);
    probe.data(3, SHORT);
    assertAcked(3);
  }

  @Test
  void aBlockThatIsTooLongEndsIt() {
    probe.write("file", "octet");
    assertAcked(0);
    probe.data(1, new byte[513]);
    assertFails(ErrorCode.ILLEGAL_OPERATION);
    assertNothingIsLeft("file");
  }
}
