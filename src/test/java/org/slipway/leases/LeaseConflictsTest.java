package org.slipway.leases;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Floods, random orders of events and kills: no address is leased twice, and nothing grows. */
class LeaseConflictsTest extends LeaseBook {
  @Test
  void aFloodOfHardwareAddressesTakesNeitherMemoryNorWrites() {
    network = network("10.5.0.102", "10.5.0.201");
    device("52:54:00:00:00:aa", "10.5.0.150");
    bind(client(1), address("10.5.0.120"));
    int offered = 0;
    for (int i = 0; i < 100_000; i++) {
      offered += offer(client(1000 + i)).isPresent() ? 1 : 0;
    }
    assertThat(offered).as("but for the leased and the entered one").isEqualTo(98);
    assertThat(leases.offers()).isEqualTo(98);
    assertThat(rows()).as("writes").isEqualTo(1);
    assertThat(bind(client("52:54:00:00:00:aa"), address("10.5.0.150"))).isPresent();
    assertThat(offer(client(1))).contains(address("10.5.0.120"));
  }

  @Test
  void aFloodInAHugePoolTakesBoundedMemory() {
    network = network("10.0.0.0", "10.15.255.255");
    Inet4Address mine = offer(client(1)).orElseThrow();
    for (int i = 0; i < 100_000; i++) {
      assertThat(offer(client(1000 + i))).isPresent();
    }
    assertThat(leases.offers()).isLessThanOrEqualTo(LeaseTable.MOST_OFFERS);
    assertThat(bind(client(1), mine)).as("its offer was pushed out, but nobody has it").isPresent();
    assertThat(rows()).isEqualTo(1);
  }

  /** What clients were told, in whatever order they ask, and whenever the portal is killed. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void noAddressIsLeasedToTwoClientsAtOnce(long seed) {
    Random random = new Random(seed);
    Map<Inet4Address, Lease> told = new HashMap<>();
    List<CompletableFuture<Lease>> unheard = new ArrayList<>();
    for (int step = 0; step < 600; step++) {
      LeaseClient client = client(random.nextInt(12));
      Inet4Address address = address("10.5.0." + (100 + random.nextInt(8)));
      switch (random.nextInt(10)) {
        case 0, 1 -> offer(client).ifPresent(a -> tell(client, a, told));
        case 2, 3, 4 -> tell(client, address, told);
        case 5 -> {
          if (leases.release(client.identity(), address)) {
            told.remove(address);
          }
        }
        case 6 -> {
          if (random.nextInt(4) == 0 && leases.decline(client, address, HOUR)) {
            told.remove(address);
          }
        }
        case 7 -> clock.advance(Duration.ofMinutes(random.nextInt(25)));
        case 8 ->
            // Nobody waits for it: the portal is killed, perhaps, before the client hears of it.
            unheard.add(leases.bind(client, address, Optional.of(network), parts.devices, HOUR));
        default -> {
          unheard.forEach(f -> f.exceptionally(e -> null).join());
          unheard.clear();
          if (random.nextBoolean()) {
            parts.settle();
            leases = reopened();
          } else {
            device("52:54:00:00:ff:0" + random.nextInt(3), "10.5.0." + (100 + random.nextInt(8)));
          }
        }
      }
    }
    assertThat(told).isNotEmpty();
  }

  private void tell(LeaseClient client, Inet4Address address, Map<Inet4Address, Lease> told) {
    Instant now = clock.instant();
    bind(client, address)
        .ifPresent(lease -> {
          Lease before = told.put(lease.address(), lease);
          if (before != null && before.end().isAfter(now)) {
            assertThat(before.client()).isEqualTo(lease.client());
          }
          assertThat(lease.client()).isEqualTo(client);
        });
  }

  @Test
  void ofManyWhoWantAnAddressAtOnceOneGetsIt() throws Exception {
    for (int round = 0; round < 20; round++) {
      Inet4Address wanted = address("10.5.0." + (100 + round % 8));
      clock.advance(HOUR.plusSeconds(1));
      List<CompletableFuture<Lease>> asked = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        LeaseClient client = client(i);
        threads.add(
            Thread.startVirtualThread(() -> {
              CompletableFuture<Lease> bound =
                  leases.bind(client, wanted, Optional.of(network), parts.devices, HOUR);
              synchronized (asked) {
                asked.add(bound);
              }
            }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      long got =
          asked.stream().map(f -> f.exceptionally(e -> null).join()).filter(l -> l != null).count();
      assertThat(got).isEqualTo(wanted.equals(address("10.5.0.101")) ? 0 : 1);
    }
  }
}
