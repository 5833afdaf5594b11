package org.slipway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slipway.settings.Settings;

class TrustedProxiesTest {
  private final TrustedProxies proxies =
      new TrustedProxies(
          new Settings(
              Map.of("slipway.http.trusted-proxies", "10.0.0.0/8, ::1")::get, name -> null));

  @Test
  void aStrangerIsNotBelieved() {
    assertThat(client("192.0.2.1", "203.0.113.7")).isEqualTo("192.0.2.1");
  }

  @Test
  void aTrustedProxyIsBelievedAsFarAsItCanKnow() {
    assertThat(client("10.0.0.1", "203.0.113.7")).isEqualTo("203.0.113.7");
    assertThat(client("10.0.0.1", "198.51.100.1, 203.0.113.7")).isEqualTo("203.0.113.7");
    assertThat(client("10.0.0.1", "198.51.100.1, 203.0.113.7", "10.0.0.2"))
        .isEqualTo("203.0.113.7");
    assertThat(client("0:0:0:0:0:0:0:1", "2001:db8::1")).isEqualTo("2001:db8:0:0:0:0:0:1");
  }

  @Test
  void nonsenseEndsTheWalk() {
    assertThat(client("10.0.0.1", "203.0.113.7, unknown")).isEqualTo("10.0.0.1");
    assertThat(client("10.0.0.1", "")).isEqualTo("10.0.0.1");
    assertThat(client("10.0.0.1")).isEqualTo("10.0.0.1");
    assertThat(client("10.0.0.1", "evil.example")).isEqualTo("10.0.0.1");
  }

  private String client(String peer, String... forwardedFor) {
    return proxies.client(peer, List.of(forwardedFor)).getHostAddress();
  }
}
