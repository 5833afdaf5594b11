package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** With a clock that the test moves. */
class RequestBudgetTest {
  private static final long SECOND = 1_000_000_000L;
  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");

  private final RequestBudget budget = new RequestBudget();
  private final long start = System.nanoTime();

  private int takenAt(InetAddress client, long now) {
    int taken = 0;
    while (budget.takeRequest(client, now)) {
      taken++;
    }
    return taken;
  }

  /** Five hundred machines behind one address that search for eight files each. */
  @Test
  void aStormOfBootsPassesAndAFloodIsBounded() {
    assertThat(takenAt(CLIENT, start))
        .isEqualTo(RequestBudget.REQUESTS_AT_ONCE)
        .isGreaterThanOrEqualTo(500 * 8);
    assertThat(takenAt(CLIENT, start + SECOND)).isEqualTo(RequestBudget.REQUESTS_PER_SECOND);
    assertThat(takenAt(CLIENT, start + 3600 * SECOND)).isEqualTo(RequestBudget.REQUESTS_AT_ONCE);
  }

  @Test
  void whoeverAcknowledgesIsNeverRefused() {
    for (int i = 0; i < 100_000; i++) {
      assertThat(budget.takeRequest(CLIENT, start)).isTrue();
      budget.proven(CLIENT);
    }
  }

  @Test
  void oneAddressDoesNotUseUpWhatIsForOthers() {
    takenAt(CLIENT, start);
    assertThat(budget.takeRequest(InetAddress.ofLiteral("192.0.2.2"), start)).isTrue();
  }

  @Test
  void addressesOfOneIpv6CustomerCountAsOne() {
    takenAt(InetAddress.ofLiteral("2001:db8::1"), start);
    assertThat(budget.takeRequest(InetAddress.ofLiteral("2001:db8::2"), start)).isFalse();
    assertThat(budget.takeRequest(InetAddress.ofLiteral("2001:db8:0:1::1"), start)).isTrue();
  }

  @Test
  void errorsAreBoundedForAllTogether() {
    long now = start + SECOND;
    int sent = 0;
    while (budget.takeError(now)) {
      sent++;
    }
    assertThat(sent).isEqualTo(RequestBudget.ERRORS_AT_ONCE);
    assertThat(budget.takeError(now + SECOND / RequestBudget.ERRORS_PER_SECOND + 1_000)).isTrue();
  }

  @Test
  void anyNumberOfAddressesFitsIntoMemory() {
    for (int i = 0; i < 200_000; i++) {
      byte[] address = {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
      try {
        assertThat(budget.takeRequest(InetAddress.getByAddress(address), start)).isTrue();
      } catch (java.net.UnknownHostException e) {
        throw new AssertionError(e);
      }
    }
    assertThat(budget.sources()).isLessThanOrEqualTo(16_384);
  }
}
