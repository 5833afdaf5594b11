package org.slipway.leases;

import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Leases and offers in memory, by address and by client. Knows neither a clock nor a database, and
 * is for one thread at a time, but for {@link #at} and {@link #all}.
 */
final class LeaseTable {
  /** Offers to a flood push out the oldest ones: who asks for its offer in time loses nothing. */
  static final int MOST_OFFERS = 10_000;

  /** As long as a client that hesitates takes to ask for what it was offered. */
  static final Duration OFFER_KEPT = Duration.ofSeconds(30);

  private final Map<Inet4Address, Lease> leases = new ConcurrentHashMap<>();
  private final Map<ClientIdentity, Set<Lease>> ofClient = new HashMap<>();
  private final Map<Inet4Address, Offer> offers = new LinkedHashMap<>();
  private final Map<ClientIdentity, Inet4Address> offeredTo = new HashMap<>();
  private final Map<Network.Pool, PoolAddresses> pools = new HashMap<>();

  private record Offer(ClientIdentity client, Instant until) {}

  Optional<Lease> at(Inet4Address address) {
    return Optional.ofNullable(leases.get(address));
  }

  Collection<Lease> all() {
    return List.copyOf(leases.values());
  }

  int offers() {
    return offers.size();
  }

  /**
   * Puts a lease in the place of another, or of none.
   *
   * @param after null takes the lease away
   */
  void replace(Inet4Address address, Lease after) {
    Lease before = after == null ? leases.remove(address) : leases.put(address, after);
    if (before != null) {
      Set<Lease> others = ofClient.get(before.client().identity());
      others.remove(before);
      if (others.isEmpty()) {
        ofClient.remove(before.client().identity());
      }
    }
    if (after != null) {
      ofClient
          .computeIfAbsent(
              after.client().identity(),
              c -> new TreeSet<>(java.util.Comparator.comparing(l -> l.address().hashCode())))
          .add(after);
    }
    for (PoolAddresses pool : pools.values()) {
      if (pool.contains(address)) {
        pool.replace(before, after);
      }
    }
  }

  /** The leases that a client has or had, in no order. */
  Collection<Lease> of(ClientIdentity client) {
    return List.copyOf(ofClient.getOrDefault(client, Set.of()));
  }

  void offer(Inet4Address address, ClientIdentity client, Instant now) {
    forgetOffer(client);
    lapse(now);
    // One that has lapsed may still be there, behind one that a clock put back has made last
    // longer.
    Optional.ofNullable(offers.get(address)).map(Offer::client).ifPresent(this::forgetOffer);
    if (offers.size() >= MOST_OFFERS) {
      forgetOffer(offers.values().iterator().next().client());
    }
    offers.put(address, new Offer(client, now.plus(OFFER_KEPT)));
    offeredTo.put(client, address);
    pools.values().stream().filter(p -> p.contains(address)).forEach(p -> p.use(address));
  }

  void forgetOffer(ClientIdentity client) {
    Inet4Address address = offeredTo.remove(client);
    if (address != null) {
      offers.remove(address);
      unused(address);
    }
  }

  /** Who has been offered an address that is still kept for it. */
  Optional<ClientIdentity> offeredTo(Inet4Address address, Instant now) {
    return Optional.ofNullable(offers.get(address))
        .filter(o -> o.until().isAfter(now))
        .map(Offer::client);
  }

  Optional<Inet4Address> offerOf(ClientIdentity client, Instant now) {
    return Optional.ofNullable(offeredTo.get(client))
        .filter(a -> offers.get(a).until().isAfter(now));
  }

  /** The oldest offers come first, because a renewed one goes to the end. */
  private void lapse(Instant now) {
    Iterator<Map.Entry<Inet4Address, Offer>> oldest = offers.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<Inet4Address, Offer> entry = oldest.next();
      if (entry.getValue().until().isAfter(now)) {
        return;
      }
      oldest.remove();
      offeredTo.remove(entry.getValue().client());
      unused(entry.getKey());
    }
  }

  private void unused(Inet4Address address) {
    if (!leases.containsKey(address)) {
      pools.values().stream().filter(p -> p.contains(address)).forEach(p -> p.free(address));
    }
  }

  /** The pools of a network with what is taken in them; pools of IPv6 are none. */
  List<PoolAddresses> pools(Network network, Collection<Network> networks, Instant now) {
    lapse(now);
    List<PoolAddresses> found = new ArrayList<>(network.pools().size());
    for (Network.Pool pool : network.pools()) {
      if (pool.first() instanceof Inet4Address first && pool.last() instanceof Inet4Address last) {
        PoolAddresses addresses = pools.get(pool);
        if (addresses == null) {
          forgetPoolsThatAreGone(networks);
          addresses = counted(first, last);
          pools.put(pool, addresses);
        }
        found.add(addresses);
      }
    }
    return found;
  }

  private PoolAddresses counted(Inet4Address first, Inet4Address last) {
    PoolAddresses addresses = new PoolAddresses(first, last);
    leases.values().stream()
        .filter(l -> addresses.contains(l.address()))
        .forEach(l -> addresses.replace(null, l));
    offers.keySet().stream().filter(addresses::contains).forEach(addresses::use);
    return addresses;
  }

  private void forgetPoolsThatAreGone(Collection<Network> networks) {
    pools
        .keySet()
        .retainAll(networks.stream().flatMap(n -> n.pools().stream()).collect(Collectors.toSet()));
  }
}
