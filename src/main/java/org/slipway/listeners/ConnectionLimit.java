package org.slipway.listeners;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts the connections of a listener, in all and by address, exactly. IPv6 peers count by their
 * /64, because one host may use any address of it.
 */
public final class ConnectionLimit {
  private static final int IPV6_NETWORK_BYTES = 8;

  private final Map<InetKey, Integer> byAddress = new HashMap<>();
  private int total;

  private record InetKey(java.nio.ByteBuffer bytes) {
    static InetKey of(InetAddress address) {
      byte[] bytes = address.getAddress();
      return new InetKey(
          java.nio.ByteBuffer.wrap(
              address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes));
    }
  }

  /** A place that is taken until it is closed. */
  public interface Permit extends AutoCloseable {
    /** Gives the place back; a second call does nothing. */
    @Override
    void close();
  }

  /**
   * Takes a place, if there is one.
   *
   * @param most connections in all
   * @param mostOfAddress connections of this address
   */
  public synchronized Optional<Permit> admit(InetAddress address, int most, int mostOfAddress) {
    InetKey key = InetKey.of(address);
    int own = byAddress.getOrDefault(key, 0);
    if (total >= most || own >= mostOfAddress) {
      return Optional.empty();
    }
    total++;
    byAddress.put(key, own + 1);
    AtomicBoolean given = new AtomicBoolean(true);
    return Optional.of(() -> {
      if (given.compareAndSet(true, false)) {
        release(key);
      }
    });
  }

  public synchronized int total() {
    return total;
  }

  private synchronized void release(InetKey key) {
    total--;
    byAddress.computeIfPresent(key, (k, n) -> n == 1 ? null : n - 1);
  }
}
