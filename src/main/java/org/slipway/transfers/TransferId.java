package org.slipway.transfers;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Names transfers by UUIDs that grow with time (version 7, RFC 9562 section 5.7): rows of the
 * history that are written together lie together, so that each batch touches few pages of the
 * database. Nobody is kept from anything by not knowing one.
 */
final class TransferId {
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private TransferId() {}

  static UUID at(Instant begun) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(
        begun.toEpochMilli() << 16 | VERSION | random.nextInt(1 << 12),
        VARIANT | random.nextLong() >>> 2);
  }
}
