package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;

/** Block sizes by windows by the sizes of a file at which something could go wrong. */
class TftpReadMatrixTest {
  private static final int[] WINDOWS = {1, 4, 16, 64};

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

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 199, 512, 1428, 1468, 9001, 65464})
  void everyWindowAndSizeArrivesWhole(int blksize) throws IOException {
    for (int window : WINDOWS) {
      Set<Integer> sizes = new LinkedHashSet<>();
      for (int size : new int[] {0, 1, blksize, blksize * window, blksize * (window + 1)}) {
        sizes.add(size);
        sizes.add(size + 1);
      }
      sizes.removeIf(size -> size > 5_000_000);
      for (int size : sizes) {
        String name = "matrix-" + size;
        String expected = sha256(server.file(name, size));
        try (Probe probe = new Probe(server.address("127.0.0.1"))) {
          assertThat(sha256(probe.fetch(name, "blksize", "" + blksize, "windowsize", "" + window)))
              .as("blksize %d window %d size %d", blksize, window, size)
              .isEqualTo(expected);
        }
      }
    }
  }

  /** Whoever waited for the disk in between would let all others wait. */
  @Test
  void theDiskIsAskedLongBeforeABlockIsDue() throws IOException {
    server.file("ahead", 3_500_000);
    server.content.askedAhead.clear();
    try (Probe probe = new Probe(server.address("127.0.0.1"))) {
      probe.request("ahead", "blksize", "1428");
      assertThat(probe.next()).isInstanceOf(OptionAcknowledgement.class);
      assertThat(server.content.askedAhead).containsExactly("0 1048576");
      probe.ack(0);
      probe.nextData();
    }
    try (Probe probe = new Probe(server.address("127.0.0.1"))) {
      server.content.askedAhead.clear();
      probe.fetch("ahead", "blksize", "1428");
      assertThat(server.content.askedAhead)
          .containsExactly("0 1048576", "1048576 1048576", "2097152 1048576", "3145728 1048576");
    }
  }

  @Test
  void theNextStretchIsReadWhileTheClientHasABlock() throws IOException {
    server.file("stretches", 100_000);
    server.content.reads.clear();
    try (Probe probe = new Probe(server.address("127.0.0.1"))) {
      probe.request("stretches", "blksize", "1428");
      probe.next();
      int blocks = (16 << 10) / 1428;
      for (int block = 0; block < blocks; block++) {
        assertThat(server.content.reads).hasSizeLessThanOrEqualTo(1);
        probe.ack(block);
        assertThat(probe.nextData().block()).isEqualTo(block + 1);
      }
      assertThat(RunningServer.soon(() -> server.content.reads.size() == 2)).isTrue();
      assertThat(server.content.reads).containsExactly(0L, blocks * 1428L);
    }
  }

  /** More blocks than there are numbers. */
  @ParameterizedTest
  @CsvSource({"8, 1", "8, 4", "8, 64", "512, 16"})
  void moreThan65536BlocksArriveWhole(int blksize, int window) throws IOException {
    String name = "long-" + blksize;
    String expected = sha256(server.file(name, blksize * 65_600));
    try (Probe probe = new Probe(server.address("127.0.0.1"))) {
      assertThat(sha256(probe.fetch(name, "blksize", "" + blksize, "windowsize", "" + window)))
          .isEqualTo(expected);
    }
  }

  /** A network that loses, doubles and reorders five packets of a hundred each. */
  @ParameterizedTest
  @CsvSource({
    "199, 1, 20000",
    "199, 16, 65536",
    "512, 4, 65536",
    "1428, 1, 65536",
    "1468, 64, 65536",
    "9001, 4, 65536",
    "65464, 1, 65464",
    "65464, 4, 65536",
    "8, 64, 8192"
  })
  void aBadNetworkLosesNothing(int blksize, int window, int size) throws IOException {
    String name = "lossy-" + size;
    String expected = sha256(server.file(name, size));
    try (LossyNetwork network =
        new LossyNetwork(server.address("127.0.0.1"), blksize + window, 0.05)) {
      assertThat(sha256(PatientClient.fetch(network.address(), name, blksize, window, () -> true)))
          .isEqualTo(expected);
    }
  }
}
