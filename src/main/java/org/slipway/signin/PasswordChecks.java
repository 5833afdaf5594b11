package org.slipway.signin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Lets few password checks run at a time, because each costs a slow hash; one more of an account
 * where it signed in lately, which so waits for no stranger. Who waits is bounded, and served in
 * this order: accounts where they signed in lately; then who failed least; then the address of
 * which fewest wait; then the account of which fewest wait; then the address that was served
 * longest ago. One account from one address is checked one at a time: the count of its failures is
 * exact, and a right password is hashed once for many that came with it.
 */
final class PasswordChecks {
  private static final int MOST_WAITING = 48;
  private static final int MOST_OF_PAIR = 12;

  /** Devices that share an account come together; the first right password lets all of them in. */
  private static final int MOST_OF_PAIR_WITHOUT_FAILURE = 512;

  /**
   * The same where each device has an address of its own, as in a whole hall that boots at once.
   */
  private static final int MOST_OF_ACCOUNT_WITHOUT_FAILURE = 1_024;

  /**
   * Requests of pages and of the API hold a thread of the server while they wait: of its 200, most
   * stay free for what needs no check.
   */
  private static final int MOST_REQUESTS = 32;

  private static final int MOST_REQUESTS_OF_KNOWN = 96;
  private static final int MOST_PAIRS_OF_SOURCE = 4;
  private static final int MOST_SOURCES = 10_000;

  private static final Comparator<Waiting> LEAST_WELCOME =
      Comparator.<Waiting>comparingInt(w -> w.failures).thenComparingLong(w -> w.number);

  private final ReentrantLock lock = new ReentrantLock();
  private final Duration patience;
  private final List<Waiting> queue = new ArrayList<>();
  private final Set<Pair> running = new HashSet<>();
  private final BoundedTable<Source, Long> served =
      new BoundedTable<>(MOST_SOURCES, Long::doubleValue);
  private int free;
  private int freeForKnown = 1;
  private long numbers;

  /**
   * Somebody who wants a password checked.
   *
   * @param known whether the account signed in from there lately
   * @param failures how often it failed there in a row
   * @param request whether a thread of the web server is held meanwhile
   */
  record Wish(Pair pair, boolean known, int failures, boolean request) {}

  /** One who waits. */
  private static final class Waiting {
    final Pair pair;
    final boolean known;
    final int failures;
    final boolean request;
    final long number;
    final Condition changed;
    boolean admitted;
    boolean extra;
    boolean shed;

    Waiting(Wish wish, long number, Condition changed) {
      this.pair = wish.pair;
      this.known = wish.known;
      this.failures = wish.failures;
      this.request = wish.request;
      this.number = number;
      this.changed = changed;
    }

    /** Those of an account that have not failed, or a pair that has. */
    Object countedAs() {
      return failures == 0 ? pair.name() : pair;
    }
  }

  /** The right to check one password; closing gives it to the next. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  PasswordChecks(int atOnce, Duration patience) {
    this.free = atOnce;
    this.patience = patience;
  }

  /**
   * Waits for a turn.
   *
   * @return empty if there are too many before it
   */
  Optional<Turn> await(Wish wish) {
    lock.lock();
    try {
      Waiting mine = new Waiting(wish, numbers++, lock.newCondition());
      if (!hasRoom(mine)) {
        return Optional.empty();
      }
      queue.add(mine);
      dispatch();
      return waitFor(mine) ? Optional.of(() -> end(mine)) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** How many wait; for tests and for the metrics. */
  int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  private boolean waitFor(Waiting mine) {
    long left = patience.toNanos();
    try {
      while (!mine.admitted && !mine.shed && left > 0) {
        left = mine.changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    queue.remove(mine);
    if (mine.admitted && Thread.currentThread().isInterrupted()) {
      end(mine);
      return false;
    }
    return mine.admitted;
  }

  private void end(Waiting served) {
    lock.lock();
    try {
      running.remove(served.pair);
      if (served.extra) {
        freeForKnown++;
      } else {
        free++;
      }
      dispatch();
    } finally {
      lock.unlock();
    }
  }

  /** Makes room where the newcomer is more welcome than another. */
  private boolean hasRoom(Waiting mine) {
    List<Waiting> lane = queue.stream().filter(w -> w.known == mine.known).toList();
    List<Waiting> ofPair = lane.stream().filter(w -> w.pair.equals(mine.pair)).toList();
    int most = mine.failures == 0 ? MOST_OF_PAIR_WITHOUT_FAILURE : MOST_OF_PAIR;
    if (ofPair.size() >= most) {
      return false;
    }
    List<Waiting> ofSource =
        lane.stream().filter(w -> w.pair.source().equals(mine.pair.source())).toList();
    long pairs = ofSource.stream().map(w -> w.pair).distinct().count();
    if (!mine.known && ofPair.isEmpty() && pairs >= MOST_PAIRS_OF_SOURCE) {
      return shed(ofSource, mine);
    }
    List<Waiting> requests = lane.stream().filter(w -> w.request).toList();
    if (mine.request && requests.size() >= (mine.known ? MOST_REQUESTS_OF_KNOWN : MOST_REQUESTS)) {
      return shed(requests, mine) || shedOfCrowd(requests, mine.pair.source());
    }
    return isOneOfMany(mine, ofPair, lane)
        || shed(lane, mine)
        || shedOfCrowd(lane, mine.pair.source());
  }

  /**
   * One pair is checked one at a time, and one right password lets in all of an account that have
   * not failed yet: however many of either wait, they are one.
   */
  private static boolean isOneOfMany(Waiting mine, List<Waiting> ofPair, List<Waiting> lane) {
    if (!ofPair.isEmpty()) {
      return true;
    }
    Object own = mine.countedAs();
    long already = lane.stream().filter(w -> w.countedAs().equals(own)).count();
    return already > 0
        ? already < MOST_OF_ACCOUNT_WITHOUT_FAILURE
        : lane.stream().map(Waiting::countedAs).distinct().count() < MOST_WAITING;
  }

  /** One address that has many waiting gives way to another that has few. */
  private boolean shedOfCrowd(List<Waiting> among, Source own) {
    Map<Source, Long> counts = crowds(among);
    Map.Entry<Source, Long> crowd =
        Collections.max(counts.entrySet(), Map.Entry.comparingByValue());
    if (crowd.getValue() <= counts.getOrDefault(own, 0L) + 1) {
      return false;
    }
    among.stream()
        .filter(w -> w.pair.source().equals(crowd.getKey()))
        .max(LEAST_WELCOME)
        .ifPresent(this::drop);
    return true;
  }

  private void drop(Waiting waiting) {
    waiting.shed = true;
    queue.remove(waiting);
    waiting.changed.signal();
  }

  private boolean shed(List<Waiting> among, Waiting mine) {
    Optional<Waiting> victim =
        among.stream().max(LEAST_WELCOME).filter(w -> w.failures > mine.failures);
    victim.ifPresent(this::drop);
    return victim.isPresent();
  }

  private void dispatch() {
    while (true) {
      Map<Source, Long> crowds = crowds(queue);
      Map<String, Long> accounts =
          queue.stream().collect(Collectors.groupingBy(w -> w.pair.name(), Collectors.counting()));
      Optional<Waiting> next =
          queue.stream()
              .filter(w -> free > 0 || w.known && freeForKnown > 0)
              .filter(w -> !running.contains(w.pair))
              .min((a, b) -> compare(a, b, crowds, accounts));
      if (next.isEmpty()) {
        return;
      }
      admit(next.get());
    }
  }

  private void admit(Waiting waiting) {
    queue.remove(waiting);
    running.add(waiting.pair);
    served.put(waiting.pair.source(), numbers++);
    waiting.extra = free == 0;
    if (waiting.extra) {
      freeForKnown--;
    } else {
      free--;
    }
    waiting.admitted = true;
    waiting.changed.signal();
  }

  private static Map<Source, Long> crowds(List<Waiting> among) {
    return among.stream()
        .collect(Collectors.groupingBy(w -> w.pair.source(), Collectors.counting()));
  }

  private int compare(Waiting a, Waiting b, Map<Source, Long> crowds, Map<String, Long> accounts) {
    return Comparator.<Waiting, Boolean>comparing(w -> !w.known)
        .thenComparingInt(w -> w.failures)
        .thenComparingLong(w -> crowds.get(w.pair.source()))
        .thenComparingLong(w -> accounts.get(w.pair.name()))
        .thenComparingLong(w -> served.get(w.pair.source()).orElse(-1L))
        .thenComparingLong(w -> w.number)
        .compare(a, b);
  }
}
