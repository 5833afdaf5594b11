package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole files over real sockets. */
class TftpTransferTest {
  @TempDir static Path folder;
  private static RunningServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new RunningServer(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 513, 1024, 100_000})
  void everySizeArrivesWhole(int size) throws IOException {
    byte[] expected = server.file("size-" + size, size);
    for (String host : new String[] {"127.0.0.1", "::1"}) {
      try (Probe probe = new Probe(server.address(host))) {
        assertThat(probe.fetch("size-" + size)).isEqualTo(expected);
      }
    }
    assertThat(server.soonTold("size-" + size + ": delivered")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "512, 4, 8192", // a multiple of the window: an empty block begins the next one
    "512, 4, 7680", // the empty block ends a window
    "512, 4, 7681",
    "1428, 16, 500000",
    "1428, 64, 500000",
    "65464, 64, 5000000",
    "8, 3, 1000",
  })
  void windowsArriveWhole(int blksize, int window, int size) throws IOException {
    String name = "window-%d-%d-%d".formatted(blksize, window, size);
    byte[] expected = server.file(name, size);
    try (Probe probe = new Probe(server.address("127.0.0.1"))) {
      byte[] got = probe.fetch(name, "blksize", "" + blksize, "windowsize", "" + window);
      assertThat(got).isEqualTo(expected);
    }
  }

  /** RFC 1350 says nothing of it; all that is in use wraps from 65535 to 0. */
  @ParameterizedTest
  @CsvSource({"1", "13"})
  void blockNumbersRollOverToZero(int window) throws IOException {
    byte[] expected = server.file("rollover", 8 * 70_000);
    try (Probe probe = new Probe(server.address("127.0.0.1"))) {
      assertThat(probe.fetch("rollover", "blksize", "8", "windowsize", "" + window))
          .isEqualTo(expected);
    }
  }

  @Test
  void aFinishedTransferIsInTheHistory() throws IOException {
    server.file("history", 700);
    try (Probe probe = new Probe(server.address("127.0.0.1"))) {
      probe.fetch("history");
    }
    assertThat(
            RunningServer.soon(() ->
                server.history.stream()
                    .anyMatch(t ->
                        t.description().path().equals("history")
                            && t.bytes() == 700
                            && t.outcome().name().equals("COMPLETE"))))
        .isTrue();
    assertThat(server.content.events.indexOf("history: lastBlockSent"))
        .isBetween(0, server.content.events.indexOf("history: delivered") - 1);
  }
}
