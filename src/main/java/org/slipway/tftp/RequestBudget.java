package org.slipway.tftp;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many requests are answered before anybody has shown to be where a request says that it comes
 * from. Whoever acknowledges has shown it, and its requests cost nothing in the end; an address
 * that somebody else wrote into them acknowledges nothing. Of one loop only.
 */
final class RequestBudget {
  /** Some hundred machines behind one address boot at once and search for some files each. */
  static final int REQUESTS_AT_ONCE = 4_096;

  static final int REQUESTS_PER_SECOND = 256;

  /** ERROR packets to all addresses together. */
  static final int ERRORS_AT_ONCE = 4_096;

  static final int ERRORS_PER_SECOND = 1_024;

  private static final int MOST_SOURCES = 16_384;
  private static final int IPV6_LENGTH = 16;
  private static final int IPV6_CUSTOMER = 8;

  private final TokenBucket errors =
      new TokenBucket(ERRORS_AT_ONCE, ERRORS_PER_SECOND, System.nanoTime());

  /** The one that was used longest ago is forgotten: most likely it is full again. */
  private final Map<Source, TokenBucket> requests =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, TokenBucket> eldest) {
          return size() > MOST_SOURCES;
        }
      };

  /** An IPv4 address, or all addresses of an IPv6 customer (a /64). */
  private record Source(byte[] network) {
    static Source of(InetAddress address) {
      byte[] bytes = address.getAddress();
      return new Source(bytes.length == IPV6_LENGTH ? Arrays.copyOf(bytes, IPV6_CUSTOMER) : bytes);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Source(byte[] theirs) && Arrays.equals(network, theirs);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(network);
    }
  }

  /** Counts a request; false if it must not be answered. */
  boolean takeRequest(InetAddress client, long now) {
    return requests
        .computeIfAbsent(
            Source.of(client), s -> new TokenBucket(REQUESTS_AT_ONCE, REQUESTS_PER_SECOND, now))
        .take(now);
  }

  /** A client has acknowledged what it asked for. */
  void proven(InetAddress client) {
    Optional.ofNullable(requests.get(Source.of(client))).ifPresent(TokenBucket::giveBack);
  }

  /** Counts an ERROR packet to somebody who has no transfer; false if it must not be sent. */
  boolean takeError(long now) {
    return errors.take(now);
  }

  /** How many sources are remembered. */
  int sources() {
    return requests.size();
  }
}
