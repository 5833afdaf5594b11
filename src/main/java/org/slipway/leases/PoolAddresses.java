package org.slipway.leases;

import java.net.Inet4Address;
import java.time.Instant;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The addresses of one pool: a bit for each, and its leases in the order of their ends. Finding a
 * free one costs the same however many are taken, because it is what a flood asks for.
 */
final class PoolAddresses {
  private final int first;
  private final int size;
  private final BitSet used;
  private final TreeSet<Lease> byEnd =
      new TreeSet<>(
          Comparator.comparing(Lease::end)
              .thenComparing(l -> Integer.toUnsignedLong(l.address().hashCode())));

  /** The search goes on behind what was found last: what lapsed is not given away at once. */
  private int next;

  /** Nothing is found before this moment, unless something is given back. */
  private Instant fullUntil = Instant.MIN;

  PoolAddresses(Inet4Address first, Inet4Address last) {
    this.first = first.hashCode();
    this.size = last.hashCode() - first.hashCode() + 1;
    this.used = new BitSet(size);
  }

  boolean contains(Inet4Address address) {
    int index = address.hashCode() - first;
    return Integer.compareUnsigned(index, size) < 0;
  }

  /** A lease or an offer takes its address. */
  void use(Inet4Address address) {
    used.set(address.hashCode() - first);
  }

  /** An offer has lapsed, and there is no lease. */
  void free(Inet4Address address) {
    used.clear(address.hashCode() - first);
    fullUntil = Instant.MIN;
  }

  void replace(Lease before, Lease after) {
    if (before != null) {
      byEnd.remove(before);
      fullUntil = Instant.MIN;
    }
    if (after != null) {
      byEnd.add(after);
      use(after.address());
    } else if (before != null) {
      free(before.address());
    }
  }

  /**
   * An address that nobody has: one that nobody ever had, else the one that is over for longest.
   *
   * @param barred addresses that are not to be given, such as reserved ones
   */
  Optional<Inet4Address> take(Instant now, Predicate<Inet4Address> barred) {
    if (fullUntil.isAfter(now)) {
      return Optional.empty();
    }
    Optional<Inet4Address> unused =
        unused(next, size, barred).or(() -> unused(0, Math.min(next, size), barred));
    if (unused.isPresent()) {
      next = unused.get().hashCode() - first + 1;
      return unused;
    }
    for (Lease lease : byEnd) {
      if (!lease.isOver(now)) {
        break;
      }
      if (!barred.test(lease.address())) {
        return Optional.of(lease.address());
      }
    }
    fullUntil = firstEndAfter(now);
    return Optional.empty();
  }

  /** Whether {@link #take} would find one; the next that is taken stays the next. */
  boolean hasRoom(Instant now, Predicate<Inet4Address> barred) {
    return unused(0, size, barred).isPresent()
        || byEnd.stream()
            .takeWhile(lease -> lease.isOver(now))
            .anyMatch(lease -> !barred.test(lease.address()));
  }

  private Optional<Inet4Address> unused(int from, int to, Predicate<Inet4Address> barred) {
    for (int i = used.nextClearBit(from); i < to; i = used.nextClearBit(i + 1)) {
      Inet4Address address = Addresses.of(first + i);
      if (!barred.test(address)) {
        return Optional.of(address);
      }
    }
    return Optional.empty();
  }

  /** At most a second away: what bars an address may go without our hearing of it. */
  private Instant firstEndAfter(Instant now) {
    Instant soon = now.plusSeconds(1);
    for (Lease lease : byEnd) {
      if (!lease.isOver(now)) {
        return lease.end().isBefore(soon) ? lease.end() : soon;
      }
    }
    return soon;
  }
}
