package org.slipway.tftp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two translations of RFC 1350's netascii, whole and cut anywhere. */
class NetasciiTest {

  @Test
  void lineEndsAndCarriageReturnsBecomePairs() {
    assertPair("", "");
    assertPair("a", "a");
    assertPair("a\n", "a\r\n");
    assertPair("\n\n", "\r\n\r\n");
    assertPair("\r", "\r\0");
    assertPair("\r\n", "\r\0\r\n");
    assertPair("\r\r\n", "\r\0\r\0\r\n");
    assertPair("\0", "\0");
    assertPair("\r\0", "\r\0\0");
  }

  private static void assertPair(String local, String wire) {
    assertThat(encoded(bytes(local), 1 << 10, 1 << 10)).isEqualTo(bytes(wire));
    assertThat(decoded(bytes(wire), 1 << 10)).isEqualTo(bytes(local));
  }

  /** Some clients send what is no netascii; nothing of it is lost. */
  @Test
  void aLoneCarriageReturnStays() {
    assertThat(decoded(bytes("a\rb"), 9)).isEqualTo(bytes("a\rb"));
    assertThat(decoded(bytes("a\r"), 9)).isEqualTo(bytes("a\r"));
    assertThat(decoded(bytes("\r\r\n"), 9)).isEqualTo(bytes("\r\n"));
    assertThat(decoded(bytes("\r\r\0"), 9)).isEqualTo(bytes("\r\r"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 511, 512})
  void pairsMayBeCutAnywhere(int piece) {
    byte[] local = text(10_000);
    byte[] wire = encoded(local, 1 << 16, 1 << 16);
    assertThat(encoded(local, piece, 3)).isEqualTo(wire);
    assertThat(encoded(local, 3, piece)).isEqualTo(wire);
    assertThat(decoded(wire, piece)).isEqualTo(local);
    assertThat(NetasciiEncoder.growth(ByteBuffer.wrap(local))).isEqualTo(wire.length - 10_000);
  }

  @Test
  void aTextMayBeEncodedWithinItsOwnMemory() {
    byte[] local = text(500);
    ByteBuffer memory = ByteBuffer.allocate(1_000);
    memory.put(500, local);
    ByteBuffer out = memory.duplicate();
    new NetasciiEncoder().encode(memory.duplicate().position(500), out);
    byte[] got = new byte[out.flip().remaining()];
    out.get(got);
    assertThat(got).isEqualTo(encoded(local, 1 << 10, 1 << 10));
  }

  /** Every third octet is one that matters. */
  static byte[] text(int length) {
    byte[] text = new byte[length];
    Random random = new Random(length);
    for (int i = 0; i < length; i++) {
      text[i] = (byte) "\r\n\0abcdef".charAt(random.nextInt(9));
    }
    return text;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] encoded(byte[] local, int taken, int room) {
    NetasciiEncoder encoder = new NetasciiEncoder();
    ByteBuffer whole = ByteBuffer.allocate(local.length * 2);
    int at = 0;
    while (at < local.length || encoder.isPending()) {
      ByteBuffer in = ByteBuffer.wrap(local, at, Math.min(taken, local.length - at));
      ByteBuffer out = ByteBuffer.allocate(room);
      encoder.encode(in, out);
      at = in.position();
      whole.put(out.flip());
    }
    return written(whole);
  }

  private static byte[] decoded(byte[] wire, int piece) {
    NetasciiDecoder decoder = new NetasciiDecoder();
    ByteBuffer whole = ByteBuffer.allocate(wire.length + 1);
    for (int at = 0; at < wire.length; at += piece) {
      decoder.decode(ByteBuffer.wrap(wire, at, Math.min(piece, wire.length - at)), whole);
    }
    decoder.finish(whole);
    return written(whole);
  }

  private static byte[] written(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.flip().remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
