package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slipway.tftp.wire.TftpPacket.Data;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;

/** Texts in both directions; pairs lie across blocks, windows and buffers. */
class TftpNetasciiTest {
  @TempDir static Path folder;
  private static WritableServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new WritableServer(folder, "slipway.tftp.write", "overwrite");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Nearly half of it needs a second octet. */
  private static byte[] text(int size) {
    Random random = new Random(size);
    byte[] text = new byte[size];
    for (int i = 0; i < size; i++) {
      text[i] = (byte) "\n\r\nab\0c".charAt(random.nextInt(7));
    }
    return text;
  }

  /** Written down on its own, so that it shares no mistake with the server. */
  private static byte[] netascii(byte[] local) {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    for (byte octet : local) {
      if (octet == '\n') {
        wire.write('\r');
        wire.write('\n');
      } else if (octet == '\r') {
        wire.write('\r');
        wire.write(0);
      } else {
        wire.write(octet);
      }
    }
    return wire.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "512, 1, 0",
    "512, 1, 1",
    "512, 1, 100000",
    "9, 1, 2000",
    "9, 3, 2000",
    "512, 4, 100000",
    "1428, 64, 300000",
    "1428, 16, 2500000", // its size is not known before its end
    "65464, 4, 2500000",
  })
  void textsArriveBothWays(int blksize, int window, int size) throws IOException {
    String name = "text-%d-%d-%d".formatted(blksize, window, size);
    byte[] local = text(size);
    String[] options = Sender.options(blksize, window);
    try (Sender sender = Sender.to(server.address());
        Probe reader = new Probe(server.address())) {
      assertThat(sender.send(name, netascii(local), "netascii", options)).isEmpty();
      assertThat(server.stored(name)).isEqualTo(local);
      assertThat(reader.fetchAs("NetAscii", name, options)).isEqualTo(netascii(local));
    }
  }

  /** Exact multiples of the block, on the wire, end with an empty block. */
  @Test
  void anExactMultipleEndsWithAnEmptyBlock() throws IOException {
    Files.write(server.boot.resolve("exact"), "\n".repeat(256).getBytes());
    try (Probe reader = new Probe(server.address())) {
      assertThat(reader.fetchAs("netascii", "exact")).hasSize(512);
    }
  }

  @Test
  void theSizeIsThatOnTheWireWhereItIsCounted() throws IOException {
    Files.write(server.boot.resolve("small"), "a\nb\r".getBytes());
    Files.write(server.boot.resolve("big"), new byte[2 << 20]);
    assertThat(sizeTold("small")).isEqualTo("6");
    assertThat(sizeTold("big")).isNull();
  }

  private static String sizeTold(String name) throws IOException {
    try (Probe reader = new Probe(server.address())) {
      reader.request(name, "netascii", Probe.map("tsize", "0", "blksize", "1024"));
      return ((OptionAcknowledgement) reader.next()).options().get("tsize");
    }
  }

  /** What goes out again after a loss is what went out before. */
  @Test
  void goingBackInAWindowSendsTheSameAgain() throws IOException {
    byte[] local = text(2_000_000);
    Files.write(server.boot.resolve("back"), local);
    byte[] wire = netascii(local);
    try (Probe reader = new Probe(server.address())) {
      reader.request("back", "netascii", Probe.map("blksize", "16384", "windowsize", "16"));
      reader.next();
      reader.ack(0);
      for (int acked = 0; acked < 48; acked += 3) {
        for (int block = acked + 1; block <= acked + 16; block++) {
          Data data = reader.nextData();
          assertThat(data.block()).isEqualTo(block);
          byte[] got = new byte[16_384];
          data.content().get(got);
          assertThat(got)
              .isEqualTo(java.util.Arrays.copyOfRange(wire, (block - 1) << 14, block << 14));
        }
        reader.ack(acked + 3);
      }
    }
  }
}
