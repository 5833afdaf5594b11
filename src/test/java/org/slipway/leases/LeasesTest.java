package org.slipway.leases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditEntry;
import org.slipway.audit.Who;

/** The book of leases on a real database. */
class LeasesTest extends LeaseBook {
  @Test
  void anOfferIsInMemoryAloneAndLapses() {
    assertThat(offer(client(1))).contains(FIRST);
    assertThat(offer(client(1))).as("again").contains(FIRST);
    assertThat(offer(client(2))).hasValueSatisfying(a -> assertThat(a).isNotEqualTo(FIRST));
    assertThat(rows()).isZero();
    clock.advance(Duration.ofSeconds(31));
    assertThat(bind(client(3), FIRST)).isPresent();
    assertThat(offer(client(4))).isPresent();
    assertThat(leases.offers()).isEqualTo(1);
  }

  @Test
  void theAddressesOfTheNetworkItselfAreNotGiven() {
    network = network("10.5.0.100", "10.5.0.102");
    assertThat(offer(client(1))).contains(FIRST);
    assertThat(offer(client(2))).as("not the router").contains(address("10.5.0.102"));
    assertThat(offer(client(3))).isEmpty();
    network = network("10.255.255.254", "10.255.255.255");
    assertThat(offer(client(1))).contains(address("10.255.255.254"));
    assertThat(offer(client(2))).as("not the broadcast address").isEmpty();
  }

  @Test
  void anAddressThatIsEnteredForADeviceIsGivenToNobodyElse() {
    device("52:54:00:00:00:aa", "10.5.0.100");
    assertThat(offer(client(1))).hasValueSatisfying(a -> assertThat(a).isNotEqualTo(FIRST));
    assertThat(bind(client(1), FIRST)).isEmpty();
    assertThat(bind(client("52:54:00:00:00:aa"), FIRST)).isPresent();
  }

  @Test
  void whatIsToldToBeLeasedIsInTheDatabase() {
    Lease lease = bind(client(1), FIRST).orElseThrow();
    assertThat(reopened().find(FIRST)).contains(lease);
    assertThat(leases.release(client(1).identity(), FIRST)).isTrue();
    parts.settle();
    assertThat(reopened().find(FIRST).orElseThrow().state(clock.instant()))
        .isEqualTo(Lease.State.RELEASED);
    assertThat(bind(client(1), FIRST)).isPresent();
    assertThat(leases.decline(client(1), FIRST, HOUR)).isTrue();
    parts.settle();
    assertThat(reopened().find(FIRST).orElseThrow().state(clock.instant()))
        .isEqualTo(Lease.State.DECLINED);
    clock.advance(HOUR.plusSeconds(1));
    assertThat(reopened().find(FIRST).orElseThrow().state(clock.instant()))
        .isEqualTo(Lease.State.EXPIRED);
  }

  @Test
  void aClientThatComesBackGetsWhatItHad() {
    bind(client(1), FIRST);
    clock.advance(HOUR.plusSeconds(1));
    assertThat(leases.find(FIRST).orElseThrow().state(clock.instant()))
        .isEqualTo(Lease.State.EXPIRED);
    assertThat(offer(client(2))).as("never used goes before used").isNotEqualTo(Optional.of(FIRST));
    assertThat(offer(client(1))).contains(FIRST);
  }

  @Test
  void whereNoneIsLeftTheOneThatIsOverForLongestIsGiven() {
    network = network("10.5.0.102", "10.5.0.104");
    for (int i = 0; i < 3; i++) {
      bind(client(i), offer(client(i)).orElseThrow());
      clock.advance(Duration.ofMinutes(1));
    }
    assertThat(offer(client(9))).isEmpty();
    clock.advance(HOUR.minusMinutes(3));
    assertThat(offer(client(9))).as("the first one's").contains(address("10.5.0.102"));
    assertThat(offer(client(8))).as("the others' time is not over").isEmpty();
    clock.advance(Duration.ofSeconds(61));
    assertThat(offer(client(9))).contains(address("10.5.0.102"));
    assertThat(offer(client(8))).contains(address("10.5.0.103"));
  }

  @Test
  void aLeaseThatWasRenewedAMomentAgoIsNotWrittenAgain() {
    Lease first = bind(client(1), FIRST).orElseThrow();
    clock.advance(Duration.ofSeconds(9));
    assertThat(bind(client(1), FIRST)).contains(first);
    clock.advance(Duration.ofSeconds(2));
    Lease later = bind(client(1), FIRST).orElseThrow();
    assertThat(later.end()).isAfter(first.end());
    assertThat(later.since()).isEqualTo(first.since());
  }

  @Test
  void twoPortalsOnOneDatabaseNeverGiveTheSameAddress() {
    Leases other = reopened();
    assertThat(bind(client(1), FIRST)).isPresent();
    CompletableFuture<Lease> late =
        other.bind(client(2), FIRST, Optional.of(network), parts.devices, HOUR);
    assertThatThrownBy(late::join).isInstanceOf(CompletionException.class);
    assertThat(other.find(FIRST).orElseThrow().client()).isEqualTo(client(1));
  }

  @Test
  void aDatabaseThatCannotBeWrittenLeasesNothing() {
    parts.jdbi.useHandle(h -> h.execute("ALTER TABLE lease RENAME TO gone"));
    assertThat(bind(client(1), FIRST)).isEmpty();
    assertThat(leases.find(FIRST)).isEmpty();
    parts.jdbi.useHandle(h -> h.execute("ALTER TABLE gone RENAME TO lease"));
    assertThat(bind(client(2), FIRST)).isPresent();
  }

  @Test
  void anAdministratorTakesALeaseAwayAndThatIsWrittenDown() {
    bind(client(1), FIRST);
    leases.delete(FIRST, Who.SYSTEM);
    assertThat(leases.find(FIRST)).isEmpty();
    assertThat(rows()).isZero();
    parts.settle();
    assertThat(parts.audit.page("10.5.0.100", 0, 10))
        .extracting(AuditEntry::action)
        .contains(AuditAction.LEASE_DELETED.name());
    assertThatThrownBy(() -> leases.delete(FIRST, Who.SYSTEM)).isInstanceOf(RefusedException.class);
    assertThat(bind(client(2), FIRST)).isPresent();
  }

  @Test
  void poolsThatAreNoneAreRefused() {
    assertThatThrownBy(() -> network("10.5.0.9", "10.5.0.8"))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> network("10.0.0.0", "10.255.255.255"))
        .isInstanceOf(InvalidInputException.class);
    assertThat(network("10.0.0.0", "10.15.255.255").pools()).hasSize(1);
  }

  @Test
  void aPoolThatIsChangedIsCountedAnew() {
    bind(client(1), FIRST);
    network = network("10.5.0.200", "10.5.0.200");
    assertThat(standing(client(1), FIRST)).isEqualTo(Standing.RETIRED);
    assertThat(offer(client(1))).contains(address("10.5.0.200"));
    network = network("10.5.0.100", "10.5.0.107");
    assertThat(offer(client(2))).hasValueSatisfying(a -> assertThat(a).isNotEqualTo(FIRST));
  }

  private Standing standing(LeaseClient client, Inet4Address address) {
    return leases.standing(client, address, Optional.of(network), parts.devices);
  }
}
