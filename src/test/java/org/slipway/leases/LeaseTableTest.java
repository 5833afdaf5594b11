package org.slipway.leases;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Offers, while the clock does not only go on. */
class LeaseTableTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Inet4Address FIRST = Inet4Address.ofLiteral("10.0.0.1");
  private static final Inet4Address SECOND = Inet4Address.ofLiteral("10.0.0.2");
  private static final Inet4Address THIRD = Inet4Address.ofLiteral("10.0.0.3");

  private static ClientIdentity client(int number) {
    return ClientIdentity.ofHardware(1, new byte[] {2, 0, 0, 0, 0, (byte) number});
  }

  @Test
  void anAddressIsOfferedToOneClientAlsoWhenTheClockWasPutBack() {
    LeaseTable table = new LeaseTable();
    table.offer(FIRST, client(1), NOON);
    Instant back = NOON.minusSeconds(3600);
    table.offer(SECOND, client(2), back);
    // The second offer has lapsed, and stands behind one that has not.
    Instant later = back.plusSeconds(31);
    table.offer(SECOND, client(3), later);
    assertThat(table.offerOf(client(2), later)).isEmpty();
    table.offer(THIRD, client(2), later);
    assertThat(table.offerOf(client(3), later)).contains(SECOND);
    assertThat(table.offeredTo(SECOND, later)).contains(client(3));
    assertThat(table.offers()).isEqualTo(3);
  }
}
