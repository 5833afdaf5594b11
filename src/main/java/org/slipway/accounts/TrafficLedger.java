package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.slipway.database.GroupCommit;

/**
 * What each account moves in a day and in a month of UTC, up and down together, over every channel,
 * and how much of that it may. A transfer is handed out what it is to move before it moves it, so
 * that many at once never move more than the quota. Also how fast each account moves it, where its
 * policy limits that.
 *
 * <p>Counted in memory and written about once a second: a crash may lose the last second. Another
 * instance on the same database learns of it as late, so that two instances may together exceed a
 * quota by what they move in a second.
 */
@Singleton
public final class TrafficLedger {
  private static final Logger LOG = Logger.getLogger(TrafficLedger.class.getName());
  private static final Period KEPT = Period.ofMonths(13);

  private final Jdbi jdbi;
  private final GroupCommit writer;
  private final AccountDirectory directory;
  private final AccessRules rules;
  private final Clock clock;
  private final Map<UUID, TrafficAccount> accounts = new ConcurrentHashMap<>();
  private LocalDate pruned = LocalDate.MIN;

  @Inject
  public TrafficLedger(
      Jdbi jdbi, GroupCommit writer, AccountDirectory directory, AccessRules rules, Clock clock) {
    this.jdbi = jdbi;
    this.writer = writer;
    this.directory = directory;
    this.rules = rules;
    this.clock = clock;
  }

  /** What was moved and may be; an empty limit is unlimited. */
  public record Usage(
      long dayBytes, long monthBytes, Optional<Long> perDay, Optional<Long> perMonth) {}

  /** How much may be moved. */
  record Limits(Optional<Long> perDay, Optional<Long> perMonth) {
    boolean any() {
      return perDay.isPresent() || perMonth.isPresent();
    }
  }

  public Usage usage(UUID accountId) {
    return of(accountId).usage();
  }

  /**
   * Begins to count a transfer.
   *
   * @param expected how many bytes it will move, where known: they are set aside at once
   * @throws RefusedException {@code OVER_TRAFFIC}
   */
  public Meter open(UUID accountId, Bandwidth.Direction direction, Optional<Long> expected) {
    TrafficAccount account = of(accountId);
    long reserved = account.reserve(expected.orElse(1L));
    return new Meter(account, account.rate(direction), reserved);
  }

  /** Hands over to the database what has been counted; called about once a second. */
  public void flush() {
    accounts.values().forEach(this::save);
    accounts
        .values()
        .removeIf(account -> account.isIdle() && directory.byId(account.id()).isEmpty());
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (!today.equals(pruned)
        && writer.offer(h -> TrafficRows.deleteBefore(h, today.minus(KEPT)))) {
      pruned = today;
    }
  }

  private void save(TrafficAccount account) {
    Map<LocalDate, Long> moved = account.beginSaving();
    if (moved.isEmpty()) {
      return;
    }
    LocalDate last = moved.keySet().stream().max(LocalDate::compareTo).orElseThrow();
    TrafficRows.Sums[] sums = new TrafficRows.Sums[1];
    writer
        .submit(h -> {
          moved.forEach((day, bytes) -> TrafficRows.add(h, account.id(), day, bytes));
          sums[0] = TrafficRows.sums(h, account.id(), last);
        })
        .whenComplete((done, failure) -> {
          if (failure == null) {
            account.saved(last, sums[0]);
          } else {
            LOG.log(Level.FINE, "Traffic could not be written; it is tried again", failure);
            account.notSaved();
          }
        });
  }

  private TrafficAccount of(UUID accountId) {
    return accounts.computeIfAbsent(
        accountId,
        id ->
            new TrafficAccount(
                id,
                day -> jdbi.withHandle(h -> TrafficRows.sums(h, id, day)),
                () -> limits(id),
                direction -> bandwidth(id, direction),
                clock));
  }

  private Limits limits(UUID id) {
    return directory
        .byId(id)
        .map(rules::of)
        .map(policy ->
            new Limits(
                policy.trafficPerDay().map(EffectivePolicy.Said::value),
                policy.trafficPerMonth().map(EffectivePolicy.Said::value)))
        .orElse(new Limits(Optional.empty(), Optional.empty()));
  }

  private Optional<Long> bandwidth(UUID id, Bandwidth.Direction direction) {
    return directory
        .byId(id)
        .map(rules::of)
        .flatMap(policy -> policy.bandwidth(direction))
        .map(EffectivePolicy.Said::value);
  }

  /**
   * What one transfer may move and has moved, and how fast. Not for several threads at once, but
   * where it is said.
   */
  public static final class Meter implements AutoCloseable {
    private final TrafficAccount account;
    private final TransferRate.Share rate;
    private long reserved;

    private Meter(TrafficAccount account, TransferRate.Share rate, long reserved) {
      this.account = account;
      this.rate = rate;
      this.reserved = reserved;
    }

    /** Whether the bandwidth is limited now: then it waits more than it works. */
    public boolean isPaced() {
      return rate.isLimited();
    }

    /**
     * How many bytes to move at a time, so that the other transfers of the account get their turn:
     * all of them where the bandwidth is not limited.
     *
     * @param want at least one
     */
    public long piece(long want) {
      return rate.piece(want);
    }

    /**
     * Waits until so many bytes may be moved as the bandwidth is; at once where it is not limited.
     * For several threads.
     *
     * @return false if nobody shall wait any more ({@link #endWaiting}, or an interrupt)
     */
    public boolean pay(long bytes) {
      return rate.pay(bytes);
    }

    /** Whether a thread waits in {@link #pay}; from any thread. */
    public boolean isWaiting() {
      return rate.isWaiting();
    }

    /** Lets go who waits in {@link #pay}, now and later; from any thread. */
    public void endWaiting() {
      rate.end();
    }

    /**
     * How many of these bytes may be moved next: at least one, or none if nothing is left.
     *
     * @param want at least one
     */
    public long grant(long want) {
      if (reserved == 0) {
        reserved = account.grant(want);
      }
      return Math.min(want, reserved);
    }

    /**
     * Counts bytes that were granted and have been moved.
     *
     * @throws RefusedException if the quota was lowered meanwhile and is exceeded
     */
    public void moved(long bytes) {
      long extra = Math.max(0, bytes - reserved);
      reserved += extra - bytes;
      account.giveBack(-extra);
      account.moved(bytes);
    }

    /** What a transfer is told for which nothing is left. */
    public RefusedException over() {
      return account.refusal(1).asException();
    }

    /** Gives back what was not moved; a second call does nothing. */
    @Override
    public void close() {
      account.giveBack(reserved);
      reserved = 0;
    }
  }
}
