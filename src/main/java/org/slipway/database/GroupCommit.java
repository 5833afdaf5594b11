package org.slipway.database;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * One writer for small writes that come in numbers: those that wait together share a transaction
 * and one forced write. A caller either waits until its write is durable or hands it over.
 */
@Singleton
public final class GroupCommit {
  private static final Logger LOG = Logger.getLogger(GroupCommit.class.getName());
  private static final int CAPACITY = 20_000;
  private static final int BATCH = 500;

  /** What nobody waits for may wait for more of its kind: one forced write for all of them. */
  private static final Duration GATHERED = Duration.ofMillis(50);

  private static final Duration BETWEEN_LOGS = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Jdbi jdbi;
  private final Database database;
  private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(CAPACITY);

  /** Writes that were queued, or are about to be, and are neither durable nor given up. */
  private final AtomicLong unsettled = new AtomicLong();

  private volatile boolean stopping;
  private volatile Thread writer;
  private long failures;
  private long logged;

  private record Pending(Consumer<Handle> write, CompletableFuture<Void> done, boolean awaited) {}

  @Inject
  public GroupCommit(Database database) {
    this.jdbi = database.jdbi();
    this.database = database;
  }

  /**
   * Queues a write; the future completes when it is durable, or fails if it could not be written. A
   * full queue makes the caller wait, which bounds memory.
   *
   * @throws IllegalStateException on the writer's own thread, which would wait for itself for ever
   */
  public CompletableFuture<Void> submit(Consumer<Handle> write) {
    return put(new Pending(write, new CompletableFuture<>(), true));
  }

  /**
   * Queues a write that must not be lost, but for which nobody waits. A full queue makes the caller
   * wait.
   *
   * @throws IllegalStateException on the writer's own thread
   */
  public void hand(Consumer<Handle> write) {
    put(new Pending(write, new CompletableFuture<>(), false));
  }

  /**
   * Queues a write as {@link #submit} does, but never waits, so that a caller may hold a lock:
   * empty, and nothing queued, when the queue is full.
   */
  public Optional<CompletableFuture<Void>> trySubmit(Consumer<Handle> write) {
    Pending pending = new Pending(write, new CompletableFuture<>(), true);
    return offer(pending) ? Optional.of(pending.done()) : Optional.empty();
  }

  private CompletableFuture<Void> put(Pending pending) {
    if (Thread.currentThread() == writer) {
      throw new IllegalStateException("a write may offer another one, but not wait for room");
    }
    unsettled.incrementAndGet();
    try {
      queue.put(pending);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed(pending, e);
    }
    return pending.done();
  }

  /** Queues a write that may be lost: false, and nothing queued, when the queue is full. */
  public boolean offer(Consumer<Handle> write) {
    return offer(new Pending(write, new CompletableFuture<>(), false));
  }

  private boolean offer(Pending pending) {
    unsettled.incrementAndGet();
    boolean queued = queue.offer(pending);
    if (!queued) {
      unsettled.decrementAndGet();
    }
    return queued;
  }

  /**
   * Waits until what was queued before is written, so that whoever reads then finds it; not at all
   * where nothing is under way, and not for long where the database hangs.
   */
  public void awaitSettled() {
    if (unsettled.get() == 0 || Thread.currentThread() == writer) {
      return;
    }
    Optional<CompletableFuture<Void>> behindThem = trySubmit(h -> {});
    try {
      if (behindThem.isPresent()) {
        behindThem.get().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.FINE, "What is read may lack what was queued last", e);
    }
  }

  /** The writer's loop; ends after {@link #stop} when the queue is empty. */
  public void run() {
    writer = Thread.currentThread();
    List<Pending> batch = new ArrayList<>(BATCH);
    while (!stopping || !queue.isEmpty()) {
      try {
        Pending first = queue.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          gather(first, batch);
          write(batch);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } finally {
        batch.clear();
      }
    }
  }

  private void gather(Pending first, List<Pending> batch) throws InterruptedException {
    long end = System.nanoTime() + GATHERED.toNanos();
    boolean awaited = first.awaited();
    batch.add(first);
    while (!awaited && !stopping && batch.size() < BATCH) {
      Pending next = queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        return;
      }
      batch.add(next);
      awaited = next.awaited();
    }
    queue.drainTo(batch, BATCH - batch.size());
  }

  public void stop() {
    stopping = true;
  }

  /**
   * Writes a batch together; if that fails, one by one, so that one bad write harms no other.
   * Whatever fails, the writer goes on: everybody waits for it.
   */
  private void write(List<Pending> batch) {
    try {
      commit(batch);
    } catch (RuntimeException | Error e) {
      if (batch.size() == 1) {
        log(e);
        failed(batch.getFirst(), e);
      } else {
        batch.forEach(p -> write(List.of(p)));
      }
      return;
    }
    batch.forEach(this::written);
  }

  private void written(Pending pending) {
    pending.done().complete(null);
    unsettled.decrementAndGet();
  }

  private void failed(Pending pending, Throwable why) {
    pending.done().completeExceptionally(why);
    unsettled.decrementAndGet();
  }

  /** At most one in a while: a database on a full disk fails every write. */
  private void log(Throwable e) {
    failures++;
    if (failures == 1 || System.nanoTime() - logged > BETWEEN_LOGS.toNanos()) {
      LOG.log(Level.SEVERE, "A write to the database failed, %d so far".formatted(failures), e);
      logged = System.nanoTime();
    }
  }

  private void commit(List<Pending> batch) {
    jdbi.useHandle(h -> {
      h.useTransaction(t -> batch.forEach(p -> p.write().accept(t)));
      database.force(h);
    });
  }
}
