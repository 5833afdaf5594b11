package org.slipway.accounts;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * How often one address may do something that costs us and needs no login, and how often all of
 * them together, counted by a window of time. Addresses of one IPv6 customer (a /64) count as one.
 */
public final class RequestRate {
  private static final int MOST_ADDRESSES = 10_000;

  /** All addresses together may do it as often as so many of them. */
  private static final int ADDRESSES_AT_A_TIME = 10;

  private final Clock clock;
  private final Duration window;
  private final IntSupplier most;
  private final Map<String, Integer> counts = new HashMap<>();
  private long current;
  private long total;

  public RequestRate(Clock clock, Duration window, IntSupplier most) {
    this.clock = clock;
    this.window = window;
    this.most = most;
  }

  /**
   * Counts one more.
   *
   * @param address numeric; empty for the portal itself, which is not counted
   * @throws RefusedException {@code LOCKED_OUT} if it is one too many
   */
  public synchronized void count(String address) {
    if (address.isEmpty()) {
      return;
    }
    long now = clock.millis() / window.toMillis();
    if (now != current) {
      current = now;
      total = 0;
      counts.clear();
    }
    String customer = customer(InetAddress.ofLiteral(address));
    String key =
        counts.size() < MOST_ADDRESSES || counts.containsKey(customer) ? customer : "others";
    if (counts.merge(key, 1, Integer::sum) > most.getAsInt()) {
      throw new RefusedException(
          Refusal.Kind.LOCKED_OUT, "Too many requests from this address; try again later");
    }
    if (++total > (long) ADDRESSES_AT_A_TIME * most.getAsInt()) {
      throw new RefusedException(
          Refusal.Kind.LOCKED_OUT, "Too many requests at the moment; try again later");
    }
  }

  private static String customer(InetAddress address) {
    byte[] bytes = address.getAddress();
    return HexFormat.of().formatHex(bytes, 0, bytes.length == 16 ? 8 : bytes.length);
  }
}
