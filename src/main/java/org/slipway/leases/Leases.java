package org.slipway.leases;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;
import org.slipway.database.GroupCommit;

/**
 * The book of leases: who has which address, and until when. Decided in memory; what a client is
 * told that it has is durable before it is told. An offer is in memory alone and costs no write.
 */
@Singleton
public final class Leases {
  private static final Logger LOG = Logger.getLogger(Leases.class.getName());

  /** Writes that are under way at once; whoever comes then is not answered and asks again. */
  static final int MOST_WRITES = 1000;

  /** A renewal that comes again so soon is answered from memory. */
  private static final Duration JUST_RENEWED = Duration.ofSeconds(10);

  private final GroupCommit writer;
  private final AuditTrail audit;
  private final Networks networks;
  private final Clock clock;
  private final LeaseTable table = new LeaseTable();
  private final ReentrantLock lock = new ReentrantLock();
  private final Semaphore writes = new Semaphore(MOST_WRITES);

  /** What memory has and the database not yet. */
  private final Map<Inet4Address, Lease> unwritten = new ConcurrentHashMap<>();

  @Inject
  public Leases(Jdbi jdbi, GroupCommit writer, AuditTrail audit, Networks networks, Clock clock) {
    this.writer = writer;
    this.audit = audit;
    this.networks = networks;
    this.clock = clock;
    jdbi.withHandle(LeaseRows::all).forEach(l -> table.replace(l.address(), l));
  }

  public Collection<Lease> all() {
    return table.all();
  }

  public Optional<Lease> find(Inet4Address address) {
    return table.at(address);
  }

  /** The hardware address of the client that may use an address now. */
  public Optional<String> holder(InetAddress address) {
    return address instanceof Inet4Address v4
        ? table
            .at(v4)
            .filter(l -> l.isBound(clock.instant()))
            .map(l -> l.client().hardwareAddress())
        : Optional.empty();
  }

  /** The lease that a device has now; of several, the one that lasts longest. */
  public Optional<Lease> heldBy(String hardwareAddress) {
    Instant now = clock.instant();
    return table.all().stream()
        .filter(l -> l.isBound(now) && l.client().hardwareAddress().equals(hardwareAddress))
        .max(Comparator.comparing(Lease::end));
  }

  /** Whether the pools of a network have an address for one more client, who is offered none. */
  public boolean hasRoom(Network network, Reservations reserved) {
    Instant now = clock.instant();
    return locked(() ->
        table.pools(network, networks.all(), now).stream()
            .anyMatch(p -> p.hasRoom(now, a -> isBarred(a, network, reserved, now))));
  }

  /** How many offers are open; for tests and metrics. */
  public int offers() {
    return locked(table::offers);
  }

  /**
   * Offers an address of the network's pools: the one that the client has, had or was offered; else
   * the wanted one, where it is free; else any (RFC 2131 section 4.3.1).
   *
   * @return empty if the pools have none
   */
  public Optional<Inet4Address> offer(
      LeaseClient client, Network network, Optional<Inet4Address> wanted, Reservations reserved) {
    Instant now = clock.instant();
    return locked(() -> {
      Optional<Inet4Address> address =
          known(client, network, reserved, now)
              .or(() ->
                  wanted.filter(
                      a -> standing(client, a, Optional.of(network), reserved, now).isGrantable()))
              .or(() -> any(network, reserved, now));
      address.ifPresent(a -> table.offer(a, client.identity(), now));
      return address;
    });
  }

  private Optional<Inet4Address> known(
      LeaseClient client, Network network, Reservations reserved, Instant now) {
    return table
        .offerOf(client.identity(), now)
        .filter(a -> standing(client, a, Optional.of(network), reserved, now).isGrantable())
        .or(() ->
            table.of(client.identity()).stream()
                .sorted(Comparator.comparing(Lease::end).reversed())
                .map(Lease::address)
                .filter(a -> standing(client, a, Optional.of(network), reserved, now).isGrantable())
                .findFirst());
  }

  private Optional<Inet4Address> any(Network network, Reservations reserved, Instant now) {
    for (PoolAddresses pool : table.pools(network, networks.all(), now)) {
      Optional<Inet4Address> free = pool.take(now, a -> isBarred(a, network, reserved, now));
      if (free.isPresent()) {
        return free;
      }
    }
    return Optional.empty();
  }

  private boolean isBarred(
      Inet4Address address, Network network, Reservations reserved, Instant now) {
    return network.isOfItsOwn(address)
        || reserved.holder(address).isPresent()
        || table.offeredTo(address, now).isPresent();
  }

  /**
   * How an address stands to a client.
   *
   * @param network that the client is in; without one, only entered addresses are ours to give
   */
  public Standing standing(
      LeaseClient client, Inet4Address address, Optional<Network> network, Reservations reserved) {
    return locked(() -> standing(client, address, network, reserved, clock.instant()));
  }

  private Standing standing(
      LeaseClient client,
      Inet4Address address,
      Optional<Network> network,
      Reservations reserved,
      Instant now) {
    Optional<String> holder = reserved.holder(address);
    boolean itsOwn = holder.filter(client.hardwareAddress()::equals).isPresent();
    Optional<ClientIdentity> offeredTo = table.offeredTo(address, now);
    if (!itsOwn && holder.isPresent()
        || offeredTo.filter(c -> !c.equals(client.identity())).isPresent()) {
      return Standing.TAKEN;
    }
    Optional<Lease> lease =
        table.at(address).filter(l -> !l.isOver(now) || l.isOf(client.identity()));
    if (!itsOwn && network.filter(n -> n.gives(address)).isEmpty()) {
      return lease.filter(l -> l.isOf(client.identity()) && l.isBound(now)).isPresent()
          ? Standing.RETIRED
          : Standing.FOREIGN;
    }
    return lease
        .map(l -> standing(l, client, itsOwn, now))
        .orElseGet(() -> {
          if (itsOwn) {
            return Standing.RESERVED_FOR_IT;
          }
          return offeredTo.isPresent() ? Standing.HELD : Standing.FREE;
        });
  }

  private static Standing standing(Lease lease, LeaseClient client, boolean itsOwn, Instant now) {
    if (lease.kind() == Lease.Kind.DECLINED && !lease.isOver(now)) {
      return Standing.QUARANTINED;
    }
    // A device that boots in stages has an identifier in one of them: the address stays its own.
    boolean sameDevice =
        itsOwn && lease.client().hardwareAddress().equals(client.hardwareAddress());
    if (!lease.isOf(client.identity()) && !sameDevice) {
      return Standing.TAKEN;
    }
    if (itsOwn) {
      return Standing.RESERVED_FOR_IT;
    }
    return lease.isBound(now) ? Standing.HELD : Standing.REMEMBERED;
  }

  /** The address goes back, where the client has chosen another server (RFC 2131 section 3.1). */
  public void forgetOffer(ClientIdentity client) {
    locked(() -> {
      table.forgetOffer(client);
      return null;
    });
  }

  /**
   * Leases an address; completes when that is durable. Fails if it could not be written, or if the
   * address has gone to somebody else meanwhile: then the client has nothing.
   *
   * @param network that the client is in
   */
  public CompletableFuture<Lease> bind(
      LeaseClient client,
      Inet4Address address,
      Optional<Network> network,
      Reservations reserved,
      Duration duration) {
    Instant now = clock.instant();
    if (!writes.tryAcquire()) {
      return CompletableFuture.failedFuture(new IllegalStateException("too many writes wait"));
    }
    CompletableFuture<Lease> bound =
        locked(() -> bound(client, address, network, reserved, duration, now));
    return bound.whenComplete((done, failure) -> writes.release());
  }

  private CompletableFuture<Lease> bound(
      LeaseClient client,
      Inet4Address address,
      Optional<Network> network,
      Reservations reserved,
      Duration duration,
      Instant now) {
    if (!standing(client, address, network, reserved, now).isGrantable()) {
      return CompletableFuture.failedFuture(new IllegalStateException("the address is taken"));
    }
    Optional<Lease> before = table.at(address);
    table.forgetOffer(client.identity());
    if (before.filter(b -> isJustRenewed(b, client, duration, now)).isPresent()) {
      return CompletableFuture.completedFuture(before.get());
    }
    return changed(before, Lease.bound(address, client, before, now, now.plus(duration)));
  }

  /**
   * Changes memory and queues the write, both under the lock: the writes of an address follow one
   * another as its changes do.
   */
  private CompletableFuture<Lease> changed(Optional<Lease> before, Lease after) {
    Optional<CompletableFuture<Void>> write = writer.trySubmit(h -> LeaseRows.write(h, after));
    if (write.isEmpty()) {
      return CompletableFuture.failedFuture(new IllegalStateException("no room for a write"));
    }
    table.replace(after.address(), after);
    unwritten.put(after.address(), after);
    return write
        .get()
        .handle((done, failure) -> {
          unwritten.remove(after.address(), after);
          if (failure != null) {
            undo(before, after, failure);
            throw new CompletionException(failure);
          }
          return after;
        });
  }

  /** Never while the write is under way: what memory has then is not durable yet. */
  private boolean isJustRenewed(Lease lease, LeaseClient client, Duration duration, Instant now) {
    return lease.client().equals(client)
        && lease.isBound(now)
        && lease.renewed().plus(JUST_RENEWED).isAfter(now)
        && lease.renewed().plus(duration).equals(lease.end())
        && !unwritten.containsKey(lease.address());
  }

  private void undo(Optional<Lease> before, Lease after, Throwable failure) {
    Inet4Address address = after.address();
    Lease holder =
        failure instanceof LeaseTakenException taken ? taken.holder() : before.orElse(null);
    locked(() -> {
      if (table.at(address).filter(l -> l == after).isPresent()) {
        table.replace(address, holder);
      }
      return null;
    });
    LOG.log(Level.WARNING, "The lease of {0} could not be written", address.getHostAddress());
  }

  /**
   * A client gives its address back (RFC 2131 section 4.3.4).
   *
   * @return false if it had none there
   */
  public boolean release(ClientIdentity client, Inet4Address address) {
    Instant now = clock.instant();
    return locked(() -> {
      Optional<Lease> lease = table.at(address).filter(l -> l.isOf(client) && l.isBound(now));
      lease.ifPresent(l -> changed(lease, l.released(now)));
      return lease.isPresent();
    });
  }

  /**
   * A client has found its address in use (RFC 2131 section 4.3.3): nobody gets it for a while.
   *
   * @return false if it was neither leased nor offered to the client
   */
  public boolean decline(LeaseClient client, Inet4Address address, Duration quarantine) {
    Instant now = clock.instant();
    return locked(() -> {
      Optional<Lease> lease =
          table.at(address).filter(l -> l.isOf(client.identity()) && l.isBound(now));
      boolean offered = table.offeredTo(address, now).filter(client.identity()::equals).isPresent();
      if (lease.isEmpty() && !offered) {
        return false;
      }
      table.forgetOffer(client.identity());
      changed(
          table.at(address),
          Lease.bound(address, client, lease, now, now).declined(now.plus(quarantine)));
      return true;
    });
  }

  /**
   * Takes a lease away, or ends a quarantine. The client is not told: it keeps the address until it
   * asks again, which an administrator is warned of.
   *
   * @throws RefusedException {@code NO_SUCH_THING} if there is none
   */
  public void delete(Inet4Address address, Who who) {
    Removal removal = locked(() -> removed(address));
    removal.write().join();
    Lease gone = removal.lease();
    audit.done(who, AuditAction.LEASE_DELETED, address.getHostAddress(), gone.described(), null);
  }

  private record Removal(Lease lease, CompletableFuture<Void> write) {}

  private Removal removed(Inet4Address address) {
    Lease lease =
        table
            .at(address)
            .orElseThrow(() ->
                new RefusedException(
                    Refusal.Kind.NO_SUCH_THING,
                    "There is no lease of " + address.getHostAddress()));
    CompletableFuture<Void> write =
        writer
            .trySubmit(h -> LeaseRows.delete(h, address))
            .orElseThrow(() -> new IllegalStateException("no room for a write"));
    table.replace(address, null);
    return new Removal(lease, write);
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
