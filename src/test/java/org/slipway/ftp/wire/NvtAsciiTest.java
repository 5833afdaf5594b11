package org.slipway.ftp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** RFC 959 section 3.1.1.1. */
class NvtAsciiTest {

  private static String encoded(String... pieces) {
    NvtAscii.Encoder encoder = new NvtAscii.Encoder();
    ByteBuffer out = ByteBuffer.allocate(200);
    for (String piece : pieces) {
      encoder.encode(ByteBuffer.wrap(piece.getBytes(StandardCharsets.US_ASCII)), out);
    }
    return StandardCharsets.US_ASCII.decode(out.flip()).toString();
  }

  private static String decoded(String... pieces) {
    NvtAscii.Decoder decoder = new NvtAscii.Decoder();
    ByteBuffer out = ByteBuffer.allocate(200);
    for (String piece : pieces) {
      decoder.decode(ByteBuffer.wrap(piece.getBytes(StandardCharsets.US_ASCII)), out);
    }
    decoder.finish(out);
    return StandardCharsets.US_ASCII.decode(out.flip()).toString();
  }

  @Test
  void linesEndWithCrLfOnTheWire() {
    assertThat(encoded("a\nb\n")).isEqualTo("a\r\nb\r\n");
    assertThat(encoded("a\r", "\nb\n\n")).isEqualTo("a\r\nb\r\n\r\n");
  }

  @Test
  void linesEndWithLfInFiles() {
    assertThat(decoded("a\r\nb\r", "\nc")).isEqualTo("a\nb\nc");
    assertThat(decoded("a\rb\r\r\n\r")).isEqualTo("a\rb\r\n\r");
  }

  @Test
  void fullOutputStopsBeforeTheInputIsLost() {
    ByteBuffer in = ByteBuffer.wrap("\n\n\n".getBytes(StandardCharsets.US_ASCII));
    ByteBuffer out = ByteBuffer.allocate(5);
    new NvtAscii.Encoder().encode(in, out);
    assertThat(out.position()).isEqualTo(4);
    assertThat(in.remaining()).isEqualTo(1);
  }
}
