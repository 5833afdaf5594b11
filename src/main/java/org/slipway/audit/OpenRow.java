package org.slipway.audit;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * A row that may still be counted on: an entry that is seen again and again, or the one that stands
 * for all that came too fast. At most one write of it waits at a time, and that writes what is true
 * when its turn comes; so a million repeats cost as many additions and a few writes.
 */
final class OpenRow {
  /** Beyond it the number of addresses is a lower bound. */
  private static final int MOST_ADDRESSES = 10_000;

  private final AuditRows.Fixed fixed;
  private final Instant first;
  private final Set<String> addresses;
  private Instant last;
  private long repeats;
  private boolean waiting;

  /** Known to the writer's thread only; 0 until it is in the database. */
  private long id;

  private OpenRow(AuditRows.Fixed fixed, Instant first, Set<String> addresses) {
    this.fixed = fixed;
    this.first = first;
    this.addresses = addresses;
  }

  static OpenRow of(AuditRows.Fixed fixed, Instant first) {
    return new OpenRow(fixed, first, null);
  }

  /** One that counts the addresses too. */
  static OpenRow summary(AuditRows.Fixed fixed, Instant first) {
    return new OpenRow(fixed, first, new HashSet<>());
  }

  Instant first() {
    return first;
  }

  /**
   * Counts one more.
   *
   * @return whether a write must be queued, because none waits
   */
  synchronized boolean seen(Instant at, String address) {
    last = at;
    repeats++;
    if (addresses != null && addresses.size() < MOST_ADDRESSES) {
      addresses.add(address);
    }
    boolean queue = !waiting;
    waiting = true;
    return queue;
  }

  /** The write found no room; the next that is seen tries again. */
  synchronized void notQueued() {
    waiting = false;
  }

  /** Harmless when it is done again, as after a batch that failed. */
  void write(Handle handle) {
    Instant lastNow;
    long repeatsNow;
    String after;
    synchronized (this) {
      waiting = false;
      lastNow = last;
      repeatsNow = repeats;
      after =
          addresses == null
              ? fixed.after()
              : AuditValues.of("entries", repeats, "addresses", addresses.size());
    }
    if (id != 0 && AuditRows.seenAgain(handle, id, lastNow, after, repeatsNow)) {
      return;
    }
    AuditRows.Fixed row =
        new AuditRows.Fixed(
            fixed.who(),
            fixed.action(),
            fixed.subject(),
            fixed.outcome(),
            fixed.reason(),
            fixed.before(),
            after);
    id = AuditRows.insert(handle, row, first, lastNow, repeatsNow);
  }
}
