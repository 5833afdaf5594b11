package org.slipway.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The rate of the last seconds. */
class RecentRateTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private static Instant at(double seconds) {
    return START.plusMillis((long) (seconds * 1000));
  }

  @Test
  void beforeTheFirstSampleItIsTheAverage() {
    RecentRate rate = new RecentRate(START);
    assertThat(rate.perSecond(START, 0)).isZero();
    assertThat(rate.perSecond(at(0.5), 500)).isEqualTo(1000);
    assertThat(rate.perSecond(at(2), 500)).isEqualTo(250);
  }

  @Test
  void itForgetsWhatIsLongerAgo() {
    RecentRate rate = new RecentRate(START);
    for (int second = 1; second <= 60; second++) {
      rate.sample(at(second), second * 1_000_000L);
    }
    assertThat(rate.perSecond(at(60), 60_000_000)).isEqualTo(1_000_000);
    for (int second = 61; second <= 65; second++) {
      rate.sample(at(second), 60_000_000 + (second - 60) * 10L);
    }
    assertThat(rate.perSecond(at(65), 60_000_050)).isEqualTo(10);
  }

  @Test
  void aStallIsSeenWithinTheSpan() {
    RecentRate rate = new RecentRate(START);
    for (int second = 1; second <= 10; second++) {
      rate.sample(at(second), Math.min(second, 4) * 1000L);
    }
    assertThat(rate.perSecond(at(10), 4000)).isZero();
  }

  @Test
  void gapsBetweenSamplesAreNoPeaks() {
    RecentRate rate = new RecentRate(START);
    rate.sample(at(1), 1000);
    rate.sample(at(31), 31_000);
    assertThat(rate.perSecond(at(32), 32_000)).isEqualTo(1000);
  }

  @Test
  void aClockThatIsSetBackBreaksNothing() {
    RecentRate rate = new RecentRate(START);
    rate.sample(at(5), 5000);
    rate.sample(at(1), 6000);
    assertThat(rate.perSecond(at(0.5), 7000)).isZero();
    assertThat(rate.perSecond(at(2), 7000)).isEqualTo(1000);
  }
}
