package org.slipway.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransferIdTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  @Test
  void itHasTheFormOfVersion7AndTheTime() {
    UUID id = TransferId.at(NOW);
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void laterOnesSortBehindAndNoTwoAreEqual() {
    Set<UUID> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      assertThat(seen.add(TransferId.at(NOW))).isTrue();
    }
    String last = seen.stream().map(UUID::toString).max(String::compareTo).orElseThrow();
    assertThat(TransferId.at(NOW.plusMillis(1)).toString()).isGreaterThan(last);
  }
}
