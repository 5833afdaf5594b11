package org.slipway.accounts;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RequestRateTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void countsEachAddressByItself() {
    RequestRate rate = new RequestRate(NOON, MINUTE, () -> 2);
    rate.count("192.0.2.1");
    rate.count("192.0.2.1");
    rate.count("192.0.2.2");
    assertThatThrownBy(() -> rate.count("192.0.2.1")).isInstanceOf(RefusedException.class);
  }

  @Test
  void aCustomerOfIpv6IsOneAddress() {
    RequestRate rate = new RequestRate(NOON, MINUTE, () -> 1);
    rate.count("2001:db8::1");
    assertThatThrownBy(() -> rate.count("2001:db8::2")).isInstanceOf(RefusedException.class);
  }

  @Test
  void beginsAnewWithTheNextMinute() {
    MutableMinute clock = new MutableMinute();
    RequestRate rate = new RequestRate(clock, MINUTE, () -> 1);
    rate.count("192.0.2.1");
    clock.now = clock.now.plus(Duration.ofMinutes(1));
    rate.count("192.0.2.1");
  }

  private static final class MutableMinute extends Clock {
    private Instant now = NOON.instant();

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
