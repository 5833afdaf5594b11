package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.AccessPolicy;
import org.slipway.accounts.Account;
import org.slipway.accounts.Bandwidth;
import org.slipway.accounts.TrafficLedger;

/** A transfer that waits for its bandwidth is not idle. */
class FtpBandwidthIdleTest {
  @TempDir Path folder;

  /** What was moved before must be waited for: four seconds, where two without a byte are idle. */
  @Test
  void whoWaitsForItsTurnIsNotIdle() throws Exception {
    try (TestPortal impatient = new TestPortal(folder, Map.of("slipway.ftp.idle", "2s"))) {
      Account slow = impatient.account("slow");
      impatient.policy(
          "slow", AccessPolicy.EMPTY.with(new Bandwidth(Optional.empty(), Optional.of(1L))));
      impatient.file(slow, "f", new byte[100_000]);
      try (RawClient client = RawClient.loggedIn(impatient, "slow");
          Socket data = client.data();
          TrafficLedger.Meter before =
              impatient.traffic.open(slow.id(), Bandwidth.Direction.DOWN, Optional.empty())) {
        long begun = System.nanoTime();
        assertThat(before.pay(6)).isTrue();
        assertThat(client.command("RETR f")).startsWith("150 ");
        assertThat(data.getInputStream().read()).isNotNegative();
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
            .isGreaterThan(Duration.ofSeconds(3));
        assertThat(client.command("NOOP")).startsWith("200 ");
      }
    }
  }
}
