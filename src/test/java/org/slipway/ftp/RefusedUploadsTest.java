package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.slipway.storage.VirtualPath;

/** What a session remembers of uploads that the quota refused. */
class RefusedUploadsTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final RefusedUploads refused = new RefusedUploads(now::get);

  private static VirtualPath path(int number) {
    return VirtualPath.parse("f" + number);
  }

  @Test
  void isForgottenAfterAWhile() {
    refused.add(path(1), 10);
    now.updateAndGet(t -> t.plus(Duration.ofMinutes(10)));
    assertThat(refused.leastSize(path(1))).isEqualTo(10);
    assertThat(refused.leastSize(path(2))).isZero();
    now.updateAndGet(t -> t.plusMillis(1));
    assertThat(refused.leastSize(path(1))).isZero();
  }

  @Test
  void holdsTheLatest() {
    for (int i = 0; i < 1000; i++) {
      refused.add(path(i), 10);
    }
    refused.add(path(936), 20);
    refused.add(path(1000), 10);
    assertThat(refused.leastSize(path(936))).isEqualTo(20);
    assertThat(refused.leastSize(path(937))).isZero();
    assertThat(refused.leastSize(path(938))).isEqualTo(10);
  }
}
