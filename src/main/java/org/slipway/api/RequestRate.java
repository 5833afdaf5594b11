package org.slipway.api;

import java.net.InetAddress;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;

/**
 * How often one address may do something that costs us and needs no login, counted by the minute.
 * Addresses of one IPv6 customer (a /64) count as one.
 */
final class RequestRate {
  private static final int MOST_ADDRESSES = 10_000;
  private static final long MINUTE = 60_000;

  private final Clock clock;
  private final int most;
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private long minute;

  RequestRate(Clock clock, int most) {
    this.clock = clock;
    this.most = most;
  }

  /**
   * Counts one more.
   *
   * @throws RefusedException {@code LOCKED_OUT} if it is one too many
   */
  synchronized void count(InetAddress address) {
    long now = clock.millis() / MINUTE;
    if (now != minute) {
      minute = now;
      counts.clear();
    }
    String key = counts.size() < MOST_ADDRESSES ? customer(address) : "all others";
    if (counts.merge(key, 1, Integer::sum) > most) {
      throw new RefusedException(
          Refusal.Kind.LOCKED_OUT, "Too many requests from this address; wait a minute");
    }
  }

  private static String customer(InetAddress address) {
    byte[] bytes = address.getAddress();
    return java.util.HexFormat.of().formatHex(bytes, 0, bytes.length == 16 ? 8 : bytes.length);
  }
}
