package org.slipway.bootp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slipway.bootp.wire.BootpPacket.Op;

class BootpCodecTest {
  private static final ClientHardware HARDWARE =
      ClientHardware.ethernet(HexFormat.of().parseHex("525400123456"));

  @Test
  void writesTheLayoutOfRfc951() throws Exception {
    BootpPacket packet =
        new BootpPacket(
            Op.BOOTREPLY,
            HARDWARE,
            3,
            0x01020304,
            0x0506,
            0x8000,
            ip("10.0.0.1"),
            ip("10.0.0.2"),
            ip("10.0.0.3"),
            ip("10.0.0.4"),
            "server",
            "boot/file",
            VendorArea.of(List.of(VendorOption.number16(VendorTag.BOOT_FILE_SIZE, 7))));

    String hex = HexFormat.of().formatHex(encoded(packet));

    assertThat(hex)
        .isEqualTo(
            "02010603"
                + "01020304"
                + "05068000"
                + "0a000001"
                + "0a000002"
                + "0a000003"
                + "0a000004"
                + "52540012345600000000000000000000"
                + padded("736572766572", 64)
                + padded("626f6f742f66696c65", 128)
                + padded("63825363" + "0d020007" + "ff", 64));
  }

  @Test
  void aDecodedPacketIsTheOneThatWasEncoded() throws Exception {
    Random random = new Random(951);
    for (int i = 0; i < 1000; i++) {
      BootpPacket packet = randomPacket(random);
      assertThat(BootpCodec.decode(ByteBuffer.wrap(encoded(packet)))).isEqualTo(packet);
    }
  }

  @Test
  void longerMessagesAreAccepted() throws Exception {
    byte[] packet = Arrays.copyOf(encoded(BootpPacket.request(HARDWARE, 1)), 548);

    BootpPacket decoded = BootpCodec.decode(ByteBuffer.wrap(packet));

    assertThat(decoded.vend().size()).isEqualTo(312);
    assertThat(encoded(decoded)).hasSize(548);
  }

  @Test
  void decodingMovesNothingAndReadsOnlyBetweenPositionAndLimit() throws Exception {
    byte[] packet = encoded(BootpPacket.request(HARDWARE, 77).withFile("x"));
    ByteBuffer buffer = ByteBuffer.allocateDirect(2000).put(100, packet).position(100).limit(400);

    assertThat(BootpCodec.decode(buffer).xid()).isEqualTo(77);
    assertThat(buffer.position()).isEqualTo(100);
    assertThat(buffer.limit()).isEqualTo(400);
  }

  @Test
  void shortPacketsNeedTheLeniency() throws Exception {
    byte[] packet = Arrays.copyOf(encoded(BootpPacket.request(HARDWARE, 1)), 236);

    assertThat(BootpCodec.decode(ByteBuffer.wrap(packet)).hardware()).isEqualTo(HARDWARE);
    MalformedBootpException e = malformed(packet, Leniency.FULL_LENGTH_ONLY);
    assertThat(e.missingLeniency()).contains(Leniency.SHORT_BOOTP);
    assertThat(malformed(Arrays.copyOf(packet, 235), Leniency.ALL).field()).isEqualTo("length");
    assertThat(malformed(new byte[0], Leniency.ALL).field()).isEqualTo("length");
  }

  @Test
  void fieldsThatCannotBeAreNamedWithTheirOffset() {
    assertFault("op", 0, with(0, 0));
    assertFault("op", 0, with(0, 3));
    assertFault("htype", 1, with(1, 0));
    assertFault("htype", 1, with(1, 255));
    assertFault("hlen", 2, with(2, 0));
    assertFault("hlen", 2, with(2, 5));
    assertFault("hlen", 2, with(2, 17));
    assertFault("hlen", 2, with(2, 255));
  }

  @Test
  void namesThatFillTheirFieldAreReadSafely() throws Exception {
    byte[] packet = encoded(BootpPacket.request(HARDWARE, 1));
    Arrays.fill(packet, 44, 236, (byte) 'a');

    BootpPacket decoded = BootpCodec.decode(ByteBuffer.wrap(packet));

    assertThat(decoded.sname()).isEqualTo("a".repeat(64));
    assertThat(decoded.file()).isEqualTo("a".repeat(128));
    assertThat(malformed(packet, java.util.Set.of()).missingLeniency())
        .contains(Leniency.UNTERMINATED_NAME);
  }

  @Test
  void namesWithoutRoomForTheirNulAreNotWritten() {
    BootpPacket request = BootpPacket.request(HARDWARE, 1);

    assertThat(encoded(request.withFile("f".repeat(127)))).hasSize(300);
    assertThatThrownBy(() -> encoded(request.withFile("f".repeat(128))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("file");
    assertThatThrownBy(() -> encoded(request.withSname("文".repeat(22))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sname");
  }

  @Test
  void aUsedBufferLeavesNothingBehind() {
    ByteBuffer buffer = ByteBuffer.allocate(300);
    Arrays.fill(buffer.array(), (byte) 0x55);

    BootpCodec.encode(BootpPacket.request(HARDWARE, 1), buffer);

    assertThat(buffer.array()).isEqualTo(encoded(BootpPacket.request(HARDWARE, 1)));
  }

  @Test
  void noMutationOfAPacketEscapesTheException() throws Exception {
    Random random = new Random(1542);
    int understood = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] packet = encoded(randomPacket(random));
      for (int n = random.nextInt(8); n >= 0; n--) {
        packet[random.nextInt(packet.length)] = (byte) random.nextInt();
      }
      packet = Arrays.copyOf(packet, random.nextInt(packet.length + 1));
      try {
        BootpCodec.decode(ByteBuffer.wrap(packet));
        understood++;
      } catch (MalformedBootpException e) {
        assertThat(e.field()).isNotEmpty();
      }
    }
    assertThat(understood).isPositive();
  }

  private static BootpPacket randomPacket(Random random) {
    byte[] octets = new byte[6];
    random.nextBytes(octets);
    BootpPacket request =
        BootpPacket.request(ClientHardware.ethernet(octets), random.nextInt())
            .withSecs(random.nextInt(0x10000))
            .withFlags(random.nextInt(0x10000))
            .withCiaddr(Ipv4.of(random.nextInt()))
            .withGiaddr(Ipv4.of(random.nextInt()))
            .withSname("s".repeat(random.nextInt(64)))
            .withFile("é".repeat(random.nextInt(64)));
    return random.nextBoolean() ? request : request.withVend(VendorAreaTest.randomArea(random));
  }

  private static void assertFault(String field, int offset, byte[] packet) {
    MalformedBootpException e = malformed(packet, Leniency.ALL);
    assertThat(e.field()).isEqualTo(field);
    assertThat(e.offset()).isEqualTo(offset);
    assertThat(e).hasMessageStartingWith(field + " at offset " + offset);
  }

  private static byte[] with(int offset, int value) {
    byte[] packet = encoded(BootpPacket.request(HARDWARE, 1));
    packet[offset] = (byte) value;
    return packet;
  }

  private static MalformedBootpException malformed(
      byte[] packet, java.util.Set<Leniency> tolerated) {
    return catchThrowableOfType(
        MalformedBootpException.class, () -> BootpCodec.decode(ByteBuffer.wrap(packet), tolerated));
  }

  static byte[] encoded(BootpPacket packet) {
    ByteBuffer buffer = ByteBuffer.allocate(1500);
    byte[] octets = new byte[BootpCodec.encode(packet, buffer)];
    buffer.flip().get(octets);
    return octets;
  }

  static Inet4Address ip(String text) throws Exception {
    return (Inet4Address) InetAddress.getByName(text);
  }

  private static String padded(String hex, int octets) {
    return hex + "0".repeat(2 * octets - hex.length());
  }
}
