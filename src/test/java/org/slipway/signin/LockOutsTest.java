package org.slipway.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.audit.Who;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;

/** Who is locked out, where, and for how long. */
class LockOutsTest {
  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private PortalParts portal;
  private LockOuts lockOuts;

  @BeforeEach
  void open() {
    portal =
        PortalParts.open(
            folder,
            clock,
            Map.of("slipway.login.account-failures", "20", "slipway.login.address-failures", "30"));
    lockOuts = portal.lockOuts;
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private static Pair pair(String name, String address) {
    return Pair.of(name, Source.of(PortalParts.address(address)));
  }

  private void fail(Pair pair, int times) {
    for (int i = 0; i < times; i++) {
      lockOuts.failed(pair);
    }
  }

  private Duration left(Pair pair) {
    return lockOuts
        .refusal(pair, false)
        .map(l -> Duration.between(clock.instant(), l.until()))
        .orElse(Duration.ZERO);
  }

  @Test
  void fiveFailuresLockTheAccountOutThereAndOnlyThere() {
    Pair here = pair("ann", "192.0.2.1");
    fail(here, 4);
    assertThat(left(here)).isZero();
    fail(here, 1);
    assertThat(left(here)).isEqualTo(Duration.ofMinutes(1));
    assertThat(left(pair("ANN ", "192.0.2.1"))).isEqualTo(Duration.ofMinutes(1));
    assertThat(left(pair("ann", "192.0.2.2"))).isZero();
    assertThat(left(pair("bob", "192.0.2.1"))).isZero();
  }

  @Test
  void eachFurtherFailureLocksOutTwiceAsLongUpToTheLongest() {
    Pair here = pair("ann", "192.0.2.1");
    fail(here, 5);
    for (int minutes : List.of(2, 4, 8, 15, 15)) {
      clock.advance(left(here));
      assertThat(left(here)).isZero();
      fail(here, 1);
      assertThat(left(here)).isEqualTo(Duration.ofMinutes(minutes));
    }
  }

  @Test
  void successAndTimeForgive() {
    Pair here = pair("ann", "192.0.2.1");
    fail(here, 4);
    lockOuts.succeeded(here);
    fail(here, 4);
    assertThat(left(here)).isZero();
    clock.advance(Duration.ofMinutes(16));
    fail(here, 4);
    assertThat(left(here)).isZero();
  }

  @Test
  void loopbackIsNoExemptionAndAnIpv6CustomerIsOneAddress() {
    Pair loopback = pair("ann", "127.0.0.1");
    fail(loopback, 5);
    assertThat(left(loopback)).isPositive();
    fail(pair("ann", "2001:db8:0:1::1"), 3);
    fail(pair("ann", "2001:db8:0:1:ffff::2"), 2);
    assertThat(left(pair("ann", "2001:db8:0:1::3"))).isPositive();
    assertThat(left(pair("ann", "2001:db8:0:2::3"))).isZero();
  }

  @Test
  void manyAddressesSlowAnAccountDownButNotWhereItIsKnown() {
    for (int i = 1; i <= 20; i++) {
      fail(pair("ann", "192.0.2." + i), 1);
    }
    Pair elsewhere = pair("ann", "198.51.100.1");
    assertThat(lockOuts.refusal(elsewhere, false).orElseThrow().kind())
        .isEqualTo(LockOut.Kind.ACCOUNT);
    assertThat(lockOuts.refusal(elsewhere, true)).isEmpty();
    assertThat(left(pair("bob", "198.51.100.1"))).isZero();
    assertThat(left(elsewhere)).isLessThanOrEqualTo(Duration.ofSeconds(45));
    clock.advance(Duration.ofSeconds(46));
    assertThat(left(elsewhere)).isZero();
    fail(elsewhere, 1);
    assertThat(left(pair("ann", "198.51.100.2"))).isPositive();
  }

  @Test
  void manyNamesSlowAnAddressDownButNotForThoseWhoAreKnownThere() {
    for (int i = 0; i < 30; i++) {
      fail(pair("guess" + i, "192.0.2.1"), 1);
    }
    Pair newcomer = pair("ann", "192.0.2.1");
    assertThat(lockOuts.refusal(newcomer, false).orElseThrow().kind())
        .isEqualTo(LockOut.Kind.ADDRESS);
    assertThat(lockOuts.refusal(newcomer, true)).isEmpty();
    assertThat(left(pair("ann", "192.0.2.2"))).isZero();
  }

  @Test
  void whoIsKnownIsLockedOutForItsOwnFailuresAllTheSame() {
    Pair here = pair("ann", "192.0.2.1");
    fail(here, 5);
    assertThat(lockOuts.refusal(here, true)).isPresent();
  }

  @Test
  void anAdministratorSeesThemAndLiftsThem() {
    Pair first = pair("ann", "192.0.2.1");
    Pair second = pair("ann", "192.0.2.2");
    fail(first, 5);
    fail(second, 6);
    assertThat(lockOuts.current())
        .extracting(LockOut::username, LockOut::address, LockOut::failures)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("ann", "192.0.2.2", 6),
            org.assertj.core.groups.Tuple.tuple("ann", "192.0.2.1", 5));
    assertThat(lockOuts.lockedUntil("Ann")).contains(clock.instant().plus(Duration.ofMinutes(2)));
    assertThat(lockOuts.lift(lockOuts.current().getFirst().id(), Who.SYSTEM)).isTrue();
    assertThat(left(second)).isZero();
    assertThat(lockOuts.lockedUntil("ann")).contains(clock.instant().plus(Duration.ofMinutes(1)));
    assertThat(lockOuts.lift("guessed", Who.SYSTEM)).isFalse();
    lockOuts.liftAccount("ann", Who.SYSTEM);
    assertThat(lockOuts.current()).isEmpty();
    assertThat(lockOuts.lockedUntil("ann")).isEmpty();
    portal.settle();
    assertThat(portal.audit.count("LOCK_OUT_LIFTED")).isEqualTo(2);
  }

  @Test
  void manyAddressesCostBoundedMemoryAndWashNoLockOutAway() {
    BoundedTable<Integer, Repeated> table = new BoundedTable<>(1000, Repeated::failures);
    Repeated.Rule rule =
        new Repeated.Rule(5, Duration.ofMinutes(1), Duration.ofMinutes(15), Duration.ofMinutes(15));
    Repeated locked = Repeated.none();
    for (int i = 0; i < 5; i++) {
      locked = locked.failed(clock.instant(), rule);
    }
    table.put(-1, locked);
    for (int i = 0; i < 100_000; i++) {
      table.put(i, Repeated.none().failed(clock.instant(), rule));
    }
    assertThat(table.entries()).hasSize(1000);
    assertThat(table.get(-1)).contains(locked);
  }
}
