package org.slipway.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slipway.accounts.TrafficLedger.Limits;

/** What one account moves, in this instance. Everything is guarded by its lock. */
final class TrafficAccount {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final UUID id;
  private final Function<LocalDate, TrafficRows.Sums> read;
  private final Supplier<Limits> limits;
  private final Clock clock;
  private final Map<Bandwidth.Direction, TransferRate> rates =
      new EnumMap<>(Bandwidth.Direction.class);
  private final ReentrantLock lock = new ReentrantLock();

  private LocalDate day = LocalDate.MIN;
  private Instant seen = Instant.MIN;

  /** Moved today and this month, what is not written yet included. */
  private long dayBytes;

  private long monthBytes;

  /** Handed out to transfers that have not moved it yet. */
  private long reserved;

  private Map<LocalDate, Long> unsaved = new TreeMap<>();
  private Map<LocalDate, Long> beingSaved = Map.of();

  TrafficAccount(
      UUID id,
      Function<LocalDate, TrafficRows.Sums> read,
      Supplier<Limits> limits,
      Function<Bandwidth.Direction, Optional<Long>> bandwidth,
      Clock clock) {
    this.id = id;
    this.read = read;
    this.limits = limits;
    this.clock = clock;
    for (Bandwidth.Direction direction : Bandwidth.Direction.values()) {
      rates.put(direction, new TransferRate(() -> bandwidth.apply(direction)));
    }
  }

  UUID id() {
    return id;
  }

  /** A part of what may move per second. */
  TransferRate.Share rate(Bandwidth.Direction direction) {
    return rates.get(direction).join();
  }

  TrafficLedger.Usage usage() {
    lock.lock();
    try {
      turnPage();
      Limits now = limits.get();
      return new TrafficLedger.Usage(dayBytes, monthBytes, now.perDay(), now.perMonth());
    } finally {
      lock.unlock();
    }
  }

  /** Hands out all of it, or refuses; where nothing is limited, nothing need be handed out. */
  long reserve(long bytes) {
    lock.lock();
    try {
      turnPage();
      if (!limits.get().any()) {
        return 0;
      }
      refreshIfOld();
      if (bytes > left()) {
        throw refusal(bytes).asException();
      }
      reserved += bytes;
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Hands out as much of it as is left; none if nothing is. */
  long grant(long most) {
    lock.lock();
    try {
      turnPage();
      long granted = limits.get().any() ? Math.clamp(left(), 0, most) : most;
      reserved += granted;
      return granted;
    } finally {
      lock.unlock();
    }
  }

  void giveBack(long bytes) {
    lock.lock();
    try {
      reserved -= bytes;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Counts what was handed out before and has been moved.
   *
   * @throws RefusedException if less may be moved now than when it was handed out
   */
  void moved(long bytes) {
    lock.lock();
    try {
      turnPage();
      reserved -= bytes;
      dayBytes += bytes;
      monthBytes += bytes;
      unsaved.merge(day, bytes, Long::sum);
      Limits now = limits.get();
      if (dayBytes > now.perDay().orElse(Long.MAX_VALUE)
          || monthBytes > now.perMonth().orElse(Long.MAX_VALUE)) {
        throw refusal(1).asException();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Why no more can be moved. */
  Refusal refusal(long needed) {
    lock.lock();
    try {
      turnPage();
      Limits now = limits.get();
      boolean month =
          now.perDay().isEmpty()
              || now.perMonth().isPresent()
                  && needed > now.perMonth().get() - monthBytes - reserved;
      LocalDate again = month ? YearMonth.from(day).plusMonths(1).atDay(1) : day.plusDays(1);
      long limit = (month ? now.perMonth() : now.perDay()).orElse(0L);
      long left = Math.max(0, limit - (month ? monthBytes : dayBytes));
      Instant anew = again.atStartOfDay(ZoneOffset.UTC).toInstant();
      return new Refusal(
          Refusal.Kind.OVER_TRAFFIC,
          "Over the traffic of this %s: %d bytes are left of %d; it starts anew at %s"
              .formatted(month ? "month" : "day", left, limit, anew),
          Optional.of(Duration.between(clock.instant(), anew)));
    } finally {
      lock.unlock();
    }
  }

  /** What is to be written now; empty if nothing is, or the last has not been written yet. */
  Map<LocalDate, Long> beginSaving() {
    lock.lock();
    try {
      if (!beingSaved.isEmpty() || unsaved.isEmpty()) {
        return Map.of();
      }
      beingSaved = unsaved;
      unsaved = new TreeMap<>();
      return beingSaved;
    } finally {
      lock.unlock();
    }
  }

  /** It was written, and this is what the database says now of a day. */
  void saved(LocalDate of, TrafficRows.Sums sums) {
    lock.lock();
    try {
      beingSaved = Map.of();
      if (of.equals(day)) {
        take(sums);
      }
    } finally {
      lock.unlock();
    }
  }

  void notSaved() {
    lock.lock();
    try {
      beingSaved.forEach((d, bytes) -> unsaved.merge(d, bytes, Long::sum));
      beingSaved = Map.of();
    } finally {
      lock.unlock();
    }
  }

  boolean isIdle() {
    lock.lock();
    try {
      return reserved == 0 && unsaved.isEmpty() && beingSaved.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private long left() {
    Limits now = limits.get();
    return Math.min(
            now.perDay().orElse(Long.MAX_VALUE) - dayBytes,
            now.perMonth().orElse(Long.MAX_VALUE) - monthBytes)
        - reserved;
  }

  /** A new day begins with nothing, so does a new month. A clock that is put back turns nothing. */
  private void turnPage() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (day.equals(LocalDate.MIN)) {
      day = today;
      refresh();
    } else if (today.isAfter(day)) {
      monthBytes = YearMonth.from(today).equals(YearMonth.from(day)) ? monthBytes : 0;
      dayBytes = 0;
      day = today;
    }
  }

  /** Another instance may have moved some. */
  private void refreshIfOld() {
    if (beingSaved.isEmpty() && clock.instant().isAfter(seen.plus(FRESH))) {
      refresh();
    }
  }

  private void refresh() {
    take(read.apply(day));
  }

  private void take(TrafficRows.Sums sums) {
    YearMonth month = YearMonth.from(day);
    dayBytes = sums.day() + unsaved.getOrDefault(day, 0L);
    monthBytes =
        sums.month()
            + unsaved.entrySet().stream()
                .filter(e -> YearMonth.from(e.getKey()).equals(month))
                .mapToLong(Map.Entry::getValue)
                .sum();
    seen = clock.instant();
  }
}
