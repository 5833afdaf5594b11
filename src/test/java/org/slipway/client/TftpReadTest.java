package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Acknowledgement;
import org.slipway.tftp.wire.TftpPacket.Data;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;
import org.slipway.tftp.wire.TftpPacket.ReadRequest;

/** What the receiver answers, packet by packet. */
class TftpReadTest {
  private static final int BLKSIZE = 8;

  private final ByteArrayOutputStream sink = new ByteArrayOutputStream();
  private final TftpRead read =
      new TftpRead(
          new ReadRequest(
              "file", "octet", Map.of("tsize", "0", "blksize", "1428", "windowsize", "4")),
          Channels.newChannel(sink),
          Progress.NONE);

  private List<TftpPacket> receive(TftpPacket packet) throws IOException, TftpFailedException {
    return read.receive(packet);
  }

  private List<TftpPacket> data(long block, int length) throws IOException, TftpFailedException {
    return receive(new Data((int) (block & 0xFFFF), ByteBuffer.allocate(length)));
  }

  private List<TftpPacket> options(String... pairs) throws IOException, TftpFailedException {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      options.put(pairs[i], pairs[i + 1]);
    }
    return receive(new OptionAcknowledgement(options));
  }

  private void windowOf(int blocks) throws IOException, TftpFailedException {
    assertThat(options("blksize", "" + BLKSIZE, "windowsize", "" + blocks))
        .contains(new Acknowledgement(0));
  }

  @Test
  void aServerWithoutOptionsSendsBlocksOf512() throws Exception {
    assertThat(data(1, 512)).contains(new Acknowledgement(1));
    assertThat(data(2, 511)).contains(new Acknowledgement(2));
    assertThat(read.finished()).isTrue();
    assertThat(sink.size()).isEqualTo(1023);
  }

  @Test
  void aWholeBlockIsFollowedByAnEmptyOne() throws Exception {
    data(1, 512);
    assertThat(read.finished()).isFalse();
    data(2, 0);
    assertThat(read.finished()).isTrue();
  }

  @Test
  void aWindowIsAcknowledgedAtItsEnd() throws Exception {
    windowOf(3);
    assertThat(data(1, BLKSIZE)).isEmpty();
    assertThat(data(2, BLKSIZE)).isEmpty();
    assertThat(data(3, BLKSIZE)).contains(new Acknowledgement(3));
    assertThat(data(4, 1)).contains(new Acknowledgement(4));
    assertThat(read.finished()).isTrue();
  }

  @Test
  void aGapIsReportedOnce() throws Exception {
    windowOf(4);
    data(1, BLKSIZE);
    assertThat(data(3, BLKSIZE)).contains(new Acknowledgement(1));
    assertThat(data(4, BLKSIZE)).isEmpty();
    assertThat(data(2, BLKSIZE)).isEmpty();
    assertThat(sink.size()).isEqualTo(2 * BLKSIZE);
  }

  @Test
  void aRepeatedLastBlockIsAcknowledgedAgainAndOlderOnesAreNot() throws Exception {
    windowOf(2);
    data(1, BLKSIZE);
    data(2, BLKSIZE);
    assertThat(data(1, BLKSIZE)).isEmpty();
    assertThat(data(2, BLKSIZE)).contains(new Acknowledgement(2));
    assertThat(sink.size()).isEqualTo(2 * BLKSIZE);
  }

  @Test
  void blockNumbersWrapToZero() throws Exception {
    options("blksize", "" + BLKSIZE);
    for (long block = 1; block <= 65_537; block++) {
      assertThat(data(block, BLKSIZE)).contains(new Acknowledgement((int) (block & 0xFFFF)));
    }
    assertThat(data(65_538, 0)).contains(new Acknowledgement(2));
    assertThat(sink.size()).isEqualTo(65_537 * BLKSIZE);
  }

  @Test
  void silenceRepeatsTheRequestAndLaterTheLastAcknowledgement() throws Exception {
    assertThat(read.onSilence()).containsExactly(read.request());
    windowOf(4);
    assertThat(read.onSilence()).containsExactly(new Acknowledgement(0));
    data(1, BLKSIZE);
    assertThat(read.onSilence()).containsExactly(new Acknowledgement(1));
  }

  @Test
  void aRepeatedOptionAcknowledgementIsAcknowledgedAgainUntilDataCame() throws Exception {
    windowOf(1);
    windowOf(1);
    data(1, BLKSIZE);
    assertThat(options("blksize", "" + BLKSIZE)).isEmpty();
  }

  @Test
  void moreThanWasAskedForIsRefused() {
    assertRefused("blksize", "1429");
    assertRefused("blksize", "7");
    assertRefused("windowsize", "5");
    assertRefused("windowsize", "0");
    assertRefused("tsize", "many");
  }

  private void assertRefused(String option, String value) {
    assertThatThrownBy(() -> options(option, value))
        .isInstanceOfSatisfying(
            TftpFailedException.class, e -> assertThat(e.toSend().map(Failure::code)).contains(8));
  }

  @Test
  void anotherSizeThanAnnouncedFails() throws Exception {
    options("tsize", "10");
    assertThatThrownBy(() -> data(1, 9)).hasMessageContaining("announced 10 bytes, but sent 9");
    assertThat(read.finished()).isFalse();
  }

  @Test
  void aBlockLongerThanAgreedFails() {
    assertThatThrownBy(() -> data(1, 513)).isInstanceOf(TftpFailedException.class);
  }

  @Test
  void whatTheServerSaysIsShownWithoutControlCharacters() {
    assertThatThrownBy(() -> receive(new Failure(2, "no\u001b[31m")))
        .isInstanceOf(TftpFailedException.class)
        .hasMessageContaining("error 2")
        .message()
        .doesNotContain("\u001b");
  }

  @Test
  void packetsThatNoServerSendsAreIgnored() throws Exception {
    assertThat(receive(new Acknowledgement(1))).isEmpty();
    assertThat(receive(new ReadRequest("a", "octet", Map.of()))).isEmpty();
  }
}
