package org.slipway.tftp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slipway.tftp.wire.TftpPacket.Acknowledgement;
import org.slipway.tftp.wire.TftpPacket.Data;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;
import org.slipway.tftp.wire.TftpPacket.ReadRequest;
import org.slipway.tftp.wire.TftpPacket.WriteRequest;

class TftpCodecTest {

  @Test
  void everyPacketSurvivesTheWire() throws MalformedTftpException {
    for (TftpPacket packet : samples()) {
      assertThat(TftpCodec.decode(TftpCodec.encode(packet))).isEqualTo(packet);
    }
  }

  @Test
  void aReadRequestHasTheLayoutOfTheRfc() {
    ReadRequest request = new ReadRequest("a/b", "octet", Map.of("blksize", "1468"));
    assertThat(bytes(TftpCodec.encode(request)))
        .isEqualTo(octets("\0\1a/b\0octet\0blksize\0001468\0"));
  }

  @Test
  void optionNamesAreFoldedAndTheFirstOfANameCounts() throws MalformedTftpException {
    ReadRequest request =
        (ReadRequest) decode("\0\1f\0OCTET\0BlkSize\0008\0blksize\0009\0TSIZE\0000\0");
    assertThat(request.isMode(TransferMode.OCTET)).isTrue();
    assertThat(request.options())
        .containsExactly(Map.entry("blksize", "8"), Map.entry("tsize", "0"));
  }

  @Test
  void nulsThatPadARequestAreNoOption() throws MalformedTftpException {
    assertThat(decode("\0\1f\0octet\0\0\0\0")).isEqualTo(new ReadRequest("f", "octet", Map.of()));
  }

  @Test
  void aNameThatIsNotUtf8IsTakenOctetByOctet() throws MalformedTftpException {
    assertThat(decode("\0\1f\u00ff\0octet\0"))
        .isEqualTo(new ReadRequest("f\u00ff", "octet", Map.of()));
  }

  @Test
  void anErrorWithoutItsNulIsUnderstood() throws MalformedTftpException {
    assertThat(decode("\0\5\0\u0008gone")).isEqualTo(new Failure(8, "gone"));
  }

  @Test
  void badRequestsAreNamedByFieldAndOffset() {
    assertMalformed("\0\1", "filename", 2);
    assertMalformed("\0\1file", "filename", 2);
    assertMalformed("\0\1\0octet\0", "filename", 2);
    assertMalformed("\0\1f\0octet", "mode", 4);
    assertMalformed("\0\1f\0octet\0blksize", "option name", 10);
    assertMalformed("\0\1f\0octet\0blksize\0001", "value of option", 18);
    assertMalformed("\0\1" + "f".repeat(600) + "\0octet\0", "request", 512);
    assertMalformed("\0\7x", "opcode", 0);
    assertMalformed("\0", "opcode", 0);
    assertMalformed("", "opcode", 0);
    assertMalformed("\0\4\1", "block", 2);
  }

  @Test
  void theQuickLookAgreesWithTheCodec() {
    assertThat(TftpCodec.acknowledgedBlock(TftpCodec.encode(new Acknowledgement(65535))))
        .isEqualTo(65535);
    assertThat(TftpCodec.acknowledgedBlock(TftpCodec.encode(new Failure(0, "x")))).isEqualTo(-1);
    assertThat(TftpCodec.acknowledgedBlock(ByteBuffer.wrap(octets("\0\4\0")))).isEqualTo(-1);
    assertThat(TftpCodec.isRequest(ByteBuffer.wrap(octets("\0\2")))).isTrue();
    assertThat(TftpCodec.isRequest(ByteBuffer.wrap(octets("\0\4")))).isFalse();
    assertThat(TftpCodec.isRequest(ByteBuffer.wrap(octets("\0")))).isFalse();
  }

  @Test
  void prefixesAndMutationsAreDecodedOrNamedMalformed() {
    Random random = new Random(1350);
    for (TftpPacket packet : samples()) {
      byte[] whole = bytes(TftpCodec.encode(packet));
      for (int length = 0; length <= whole.length; length++) {
        decodeOrRefuse(ByteBuffer.wrap(whole, 0, length));
      }
      for (int i = 0; i < 10_000; i++) {
        byte[] changed = whole.clone();
        for (int n = random.nextInt(4); n >= 0; n--) {
          changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        decodeOrRefuse(ByteBuffer.wrap(changed));
      }
    }
  }

  private static void decodeOrRefuse(ByteBuffer datagram) {
    try {
      assertThat(TftpCodec.encode(TftpCodec.decode(datagram)).remaining()).isPositive();
    } catch (MalformedTftpException e) {
      assertThat(e.offset()).isBetween(0, datagram.limit());
    }
  }

  private static List<TftpPacket> samples() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("tsize", "0");
    options.put("blksize", "1428");
    options.put("windowsize", "16");
    return List.of(
        new ReadRequest("images/启动.img", "octet", options),
        new WriteRequest("up.bin", "netascii", Map.of()),
        new Data(65535, ByteBuffer.wrap(new byte[] {1, 2, 3})),
        new Data(0, ByteBuffer.allocate(0)),
        new Acknowledgement(40000),
        new Failure(ErrorCode.FILE_NOT_FOUND, "File not found"),
        new OptionAcknowledgement(options));
  }

  private static void assertMalformed(String octets, String field, int offset) {
    assertThatThrownBy(() -> decode(octets))
        .isInstanceOfSatisfying(
            MalformedTftpException.class,
            e -> {
              assertThat(e.field()).isEqualTo(field);
              assertThat(e.offset()).isEqualTo(offset);
            });
  }

  private static TftpPacket decode(String octets) throws MalformedTftpException {
    return TftpCodec.decode(ByteBuffer.wrap(octets(octets)));
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
