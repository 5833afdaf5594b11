package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Acknowledgement;
import org.slipway.tftp.wire.TftpPacket.Data;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;
import org.slipway.tftp.wire.TftpPacket.WriteRequest;

/** The sending side, packet by packet. */
class TftpWriteTest {
  private static final WriteRequest REQUEST =
      new WriteRequest("f", "octet", Map.of("blksize", "512", "windowsize", "4", "tsize", "0"));

  @TempDir private Path folder;
  private FileChannel source;

  @AfterEach
  void close() throws IOException {
    if (source != null) {
      source.close();
    }
  }

  private TftpWrite write(int size) throws IOException {
    Path file = folder.resolve("f");
    Files.write(file, new byte[size]);
    source = FileChannel.open(file);
    return new TftpWrite(REQUEST, source, Progress.NONE);
  }

  private static List<Integer> blocks(List<TftpPacket> packets) {
    return packets.stream().map(packet -> ((Data) packet).block()).toList();
  }

  private static List<TftpPacket> granted(TftpWrite write, int windowsize)
      throws IOException, TftpFailedException {
    return write.receive(
        new OptionAcknowledgement(Map.of("blksize", "512", "windowsize", "" + windowsize)));
  }

  @ParameterizedTest
  @CsvSource({"0,1", "511,1", "512,2", "1024,3"})
  void theLastBlockIsShorterThanTheOthers(int size, int last) throws Exception {
    TftpWrite write = write(size);
    write.receive(new Acknowledgement(0));
    for (int block = 1; block < last; block++) {
      assertThat(blocks(write.receive(new Acknowledgement(block)))).containsExactly(block + 1);
      assertThat(write.finished()).isFalse();
    }
    assertThat(write.receive(new Acknowledgement(last))).isEmpty();
    assertThat(write.finished()).isTrue();
  }

  @Test
  void aWindowFollowsEachAcknowledgement() throws Exception {
    TftpWrite write = write(512 * 6);
    assertThat(blocks(granted(write, 4))).containsExactly(1, 2, 3, 4);
    assertThat(blocks(write.receive(new Acknowledgement(2)))).containsExactly(3, 4, 5, 6);
    assertThat(blocks(write.receive(new Acknowledgement(6)))).containsExactly(7);
  }

  @Test
  void inLockstepARepeatedAcknowledgementIsNoReasonToSend() throws Exception {
    TftpWrite write = write(512 * 6);
    granted(write, 1);
    write.receive(new Acknowledgement(1));
    assertThat(write.receive(new Acknowledgement(1))).isEmpty();
    assertThat(write.receive(new Acknowledgement(0))).isEmpty();
    assertThat(blocks(write.onSilence())).containsExactly(2);
  }

  @Test
  void aRepeatedAcknowledgementInAWindowIsAnsweredOnce() throws Exception {
    TftpWrite write = write(512 * 6);
    granted(write, 2);
    write.receive(new Acknowledgement(2));
    assertThat(blocks(write.receive(new Acknowledgement(2)))).containsExactly(3, 4);
    assertThat(write.receive(new Acknowledgement(2))).isEmpty();
  }

  @Test
  void whatWasNotSentCannotBeAcknowledged() throws Exception {
    TftpWrite write = write(512 * 6);
    granted(write, 2);
    assertThat(write.receive(new Acknowledgement(3))).isEmpty();
    assertThat(write.position()).isEqualTo(1);
  }

  @Test
  void blockNumbersWrapToZero() throws Exception {
    Path file = folder.resolve("f");
    Files.write(file, new byte[8 * 65_536]);
    source = FileChannel.open(file);
    WriteRequest request = new WriteRequest("f", "octet", Map.of("blksize", "8"));
    TftpWrite write = new TftpWrite(request, source, Progress.NONE);
    write.receive(new OptionAcknowledgement(Map.of("blksize", "8")));
    for (int block = 1; block <= 65_536; block++) {
      assertThat(blocks(write.receive(new Acknowledgement(block & 0xFFFF))))
          .containsExactly((block + 1) & 0xFFFF);
    }
    write.receive(new Acknowledgement(1));
    assertThat(write.finished()).isTrue();
  }

  @Test
  void silenceRepeatsTheRequestAndLaterTheWindow() throws Exception {
    TftpWrite write = write(512 * 3);
    assertThat(write.onSilence()).containsExactly(REQUEST);
    granted(write, 2);
    assertThat(blocks(write.onSilence())).containsExactly(1, 2);
  }

  @Test
  void moreThanWasAskedForIsRefused() throws Exception {
    TftpWrite write = write(1);
    assertThatThrownBy(() -> granted(write, 5))
        .isInstanceOfSatisfying(
            TftpFailedException.class, e -> assertThat(e.toSend().map(Failure::code)).contains(8));
  }

  @Test
  void aFileThatBecomesShorterFails() throws Exception {
    TftpWrite write = write(512 * 3);
    try (FileChannel cut =
        FileChannel.open(folder.resolve("f"), java.nio.file.StandardOpenOption.WRITE)) {
      cut.truncate(10);
    }
    assertThatThrownBy(() -> granted(write, 2))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("shorter");
  }
}
