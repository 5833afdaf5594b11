package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.slipway.accounts.RefusedException;

class RequestRateTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void countsEachAddressByItself() {
    RequestRate rate = new RequestRate(NOON, 2);
    rate.count(InetAddress.ofLiteral("192.0.2.1"));
    rate.count(InetAddress.ofLiteral("192.0.2.1"));
    rate.count(InetAddress.ofLiteral("192.0.2.2"));
    assertThatThrownBy(() -> rate.count(InetAddress.ofLiteral("192.0.2.1")))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void aCustomerOfIpv6IsOneAddress() {
    RequestRate rate = new RequestRate(NOON, 1);
    rate.count(InetAddress.ofLiteral("2001:db8::1"));
    assertThatThrownBy(() -> rate.count(InetAddress.ofLiteral("2001:db8::2")))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void beginsAnewWithTheNextMinute() {
    MutableMinute clock = new MutableMinute();
    RequestRate rate = new RequestRate(clock, 1);
    rate.count(InetAddress.ofLiteral("192.0.2.1"));
    clock.now = clock.now.plus(Duration.ofMinutes(1));
    rate.count(InetAddress.ofLiteral("192.0.2.1"));
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
