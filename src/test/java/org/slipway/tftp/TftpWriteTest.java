package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.transfers.TransferOutcome;
import org.slipway.transfers.TransferRecord;

/** Whole files that clients write, over real sockets into the real TFTP area. */
class TftpWriteTest {
  @TempDir static Path folder;
  private static WritableServer server;

  @BeforeAll
  static void start() throws IOException {
    server =
        new WritableServer(
            folder, "slipway.tftp.write", "overwrite", "slipway.tftp.max-windowsize", "1000");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static void assertArrives(String name, byte[] content, String... options)
      throws IOException {
    try (Sender sender = Sender.to(server.address())) {
      assertThat(sender.send(name, content, "octet", options)).isEmpty();
      // The last ACK means that the file is there.
      assertThat(server.stored(name)).isEqualTo(content);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 513, 1024, 100_000})
  void everySizeArrivesWhole(int size) throws IOException {
    assertArrives("size-" + size, bytes(size));
  }

  @ParameterizedTest
  @CsvSource({
    "8, 1",
    "8, 4",
    "512, 1",
    "512, 4",
    "512, 16",
    "512, 64",
    "1428, 1",
    "1428, 4",
    "1428, 16",
    "1428, 64",
    "1468, 64",
    "9001, 16",
    "65464, 1",
    "65464, 4"
  })
  void windowsArriveWhole(int blksize, int window) throws IOException {
    int[] sizes = {0, 1, blksize, blksize * window, blksize * window * 3, blksize * 100 + 7};
    for (int size : sizes) {
      String name = "window-%d-%d-%d".formatted(blksize, window, size);
      assertArrives(name, bytes(size), Sender.options(blksize, window));
    }
  }

  @Test
  void anIpv6ClientIsServedToo() throws IOException {
    try (Sender sender = Sender.to(server.address("::1"))) {
      assertThat(sender.send("six", bytes(70_000), "octet")).isEmpty();
      assertThat(server.stored("six")).isEqualTo(bytes(70_000));
    }
  }

  /** RFC 1350 says nothing of it; all that is in use wraps from 65535 to 0. */
  @ParameterizedTest
  @ValueSource(ints = {1, 13, 64})
  void blockNumbersRollOverToZero(int window) throws IOException {
    assertArrives("rollover-" + window, bytes(8 * 66_000), Sender.options(8, window));
  }

  /** In lockstep 1 behind 65535 says so; in a window, the block that 0 would have followed. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16})
  void aClientThatRollsOverToOneIsRecognised(int window) throws IOException {
    byte[] content = bytes(8 * (window == 1 ? 66_000 : 140_000));
    try (Sender sender = Sender.rollingToOne(server.address())) {
      String[] options = Sender.options(8, window);
      assertThat(sender.send("to-one-" + window, content, "octet", options)).isEmpty();
    }
    assertThat(server.stored("to-one-" + window)).isEqualTo(content);
  }

  @Test
  void aWrittenFileIsInTheHistoryWithItsChecksum() throws Exception {
    assertArrives("history/of/one", bytes(70_000));
    TransferRecord record = server.ended("history/of/one");
    assertThat(record.outcome()).isEqualTo(TransferOutcome.COMPLETE);
    assertThat(record.description().direction().name()).isEqualTo("UP");
    assertThat(record.bytes()).isEqualTo(70_000);
    assertThat(record.lengthVerified()).contains(true);
    byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(bytes(70_000));
    assertThat(record.sha256()).contains(HexFormat.of().formatHex(sha256));
    assertThat(
            RunningServer.soon(() ->
                server.portal.audit.page("BOOT_FILE_STORED", 0, 500).stream()
                    .anyMatch(e -> "/history/of/one".equals(e.subject()))))
        .isTrue();
  }

  @Test
  void anotherFileOfTheNameIsReplacedAndReadersKeepTheirs() throws IOException {
    assertArrives("replaced", bytes(50_000));
    try (Probe reader = new Probe(server.address())) {
      reader.request("replaced");
      reader.nextData();
      assertArrives("replaced", bytes(20_000));
      byte[] rest = rest(reader);
      assertThat(rest).hasSize(50_000 - 512);
    }
    assertThat(server.stored("replaced")).isEqualTo(bytes(20_000));
  }

  private static byte[] rest(Probe reader) {
    java.io.ByteArrayOutputStream rest = new java.io.ByteArrayOutputStream();
    for (int block = 1, length = 512; length == 512; block++) {
      reader.ack(block);
      var data = reader.nextData(block + 1);
      length = data.content().remaining();
      byte[] bytes = new byte[length];
      data.content().get(bytes);
      rest.writeBytes(bytes);
    }
    return rest.toByteArray();
  }

  @Test
  void theSinglePortServesWritingToo() throws IOException {
    Path other = folder.resolve("single");
    try (WritableServer single =
            new WritableServer(
                other, "slipway.tftp.write", "create", "slipway.tftp.transfer-ports", "single");
        Sender sender = Sender.to(single.address())) {
      byte[] content = bytes(300_000);
      assertThat(sender.send("file", content, "octet", Sender.options(1428, 16))).isEmpty();
      assertThat(single.stored("file")).isEqualTo(content);
      Optional<Failure> again = sender.send("file", content, "octet");
      assertThat(again.map(Failure::code)).contains(6);
    }
  }
}
