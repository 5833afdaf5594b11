package org.slipway.transfers;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** The transfers that run now; each goes to the history when it ends. */
@Singleton
public final class Transfers {
  private final TransferLog log;
  private final Clock clock;
  private final Map<UUID, ActiveTransfer> active = new ConcurrentHashMap<>();
  private final List<Consumer<TransferRecord>> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, LongAdder> totals = new ConcurrentHashMap<>();

  @Inject
  public Transfers(TransferLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  /**
   * Begins a transfer.
   *
   * @param cancel stops it, from any thread
   */
  public ActiveTransfer start(TransferDescription description, Runnable cancel) {
    ActiveTransfer transfer = new ActiveTransfer(description, clock.instant(), cancel, this::ended);
    active.put(transfer.id(), transfer);
    return transfer;
  }

  public Collection<ActiveTransfer> active() {
    return List.copyOf(active.values());
  }

  /** Lets the rates of those that run follow; called about once a second. */
  public void sample() {
    Instant now = clock.instant();
    active.values().forEach(transfer -> transfer.sample(now));
  }

  /** Tells of every transfer that has ended, on the thread that ended it. */
  public void onEnded(Consumer<TransferRecord> listener) {
    listeners.add(listener);
  }

  /** Bytes moved since the start, by {@code protocol direction outcome}; for metrics. */
  public Map<String, LongAdder> totals() {
    return totals;
  }

  private void ended(
      ActiveTransfer transfer, TransferOutcome outcome, String reason, String sha256) {
    active.remove(transfer.id());
    TransferRecord record =
        new TransferRecord(
            transfer.id(),
            transfer.description(),
            transfer.bytes(),
            transfer.started(),
            clock.instant(),
            outcome,
            Optional.ofNullable(reason),
            Optional.ofNullable(sha256),
            outcome == TransferOutcome.COMPLETE ? transfer.lengthVerified() : Optional.empty());
    String key =
        record.description().protocol() + " " + record.description().direction() + " " + outcome;
    totals.computeIfAbsent(key, k -> new LongAdder()).add(record.bytes());
    log.append(record);
    listeners.forEach(l -> l.accept(record));
  }
}
