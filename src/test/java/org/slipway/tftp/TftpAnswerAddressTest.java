package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients drop an answer that comes from another address than they asked. */
class TftpAnswerAddressTest {
  private static final int MOST_PAUSE_NANOS = 60_000;

  @TempDir static Path folder;
  private static RunningServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new RunningServer(folder);
    server.file("file", 5_000);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theAnswerComesFromTheAddressThatWasAsked() throws IOException {
    for (String host : new String[] {"127.0.0.1", "127.0.0.2", "::1"}) {
      try (Probe probe = new Probe(server.address(host))) {
        for (String name : new String[] {"file", "nothing"}) {
          probe.request(name);
          probe.next();
          assertThat(probe.peer().getAddress()).isEqualTo(server.address(host).getAddress());
        }
      }
    }
  }

  /** Some of these requests come just when the listener finds that there are no more. */
  @Test
  void eachOfManyAnswersComesFromTheAddressThatWasAsked() throws IOException {
    Random random = new Random(1);
    try (Probe probe = new Probe(server.address("127.0.0.3"))) {
      for (int i = 0; i < 3_500; i++) {
        long pause = System.nanoTime() + random.nextInt(MOST_PAUSE_NANOS);
        while (System.nanoTime() < pause) {
          Thread.onSpinWait();
        }
        probe.request("nothing");
        probe.next();
        assertThat(probe.peer().getAddress().getHostAddress()).isEqualTo("127.0.0.3");
      }
    }
  }
}
