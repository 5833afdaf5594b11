package org.slipway.accounts;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How fast one account moves bytes in one direction: a token bucket that all its transfers share.
 * They wait in a row, each for the small piece that it moves next and then at the end of the row
 * again, so that all get the same share. It waits on the thread that asks and has none of its own.
 */
final class TransferRate {
  /** So many pieces in a second: a limit holds within this time, and nobody waits long. */
  private static final int PIECES = 10;

  /** What was not used may be caught up on for so many pieces. */
  private static final int BURST = 3;

  /** How often the limit is looked at, also by the first of those that wait. */
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** How one waits for a condition; tests have their own time. */
  interface Timer {
    void await(Condition condition, long nanos) throws InterruptedException;
  }

  private record Waiting(Share share, Condition turn) {}

  private final Supplier<Optional<Long>> bytesPerSecond;
  private final LongSupplier nanoTime;
  private final Timer timer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiting> row = new ArrayDeque<>();

  /** 0 is none; asked of the policy only now and then. */
  private volatile long limit;

  private volatile long limitReadAt;
  private double tokens;
  private long filledAt;

  TransferRate(Supplier<Optional<Long>> bytesPerSecond) {
    this(bytesPerSecond, System::nanoTime, Condition::awaitNanos);
  }

  TransferRate(Supplier<Optional<Long>> bytesPerSecond, LongSupplier nanoTime, Timer timer) {
    this.bytesPerSecond = bytesPerSecond;
    this.nanoTime = nanoTime;
    this.timer = timer;
    long now = nanoTime.getAsLong();
    // Whoever has moved nothing yet may begin as after a pause.
    this.filledAt = now - TimeUnit.SECONDS.toNanos(BURST);
    readLimit(now);
  }

  /** One transfer's part in it. */
  final class Share {
    private volatile boolean ended;
    private volatile int waiting;

    /** Whether there is a limit now. */
    boolean isLimited() {
      return limit() > 0;
    }

    /** How many bytes to move at a time, so that others get their turn; at least one. */
    long piece(long want) {
      long now = limit();
      return now == 0 ? want : Math.min(want, Math.max(1, now / PIECES));
    }

    /**
     * Waits until so many bytes may be moved; at once where nothing is limited.
     *
     * @return false if the share was ended, or the thread interrupted
     */
    boolean pay(long bytes) {
      return limit() == 0 || ended ? !ended : await(this, bytes);
    }

    boolean isWaiting() {
      return waiting > 0;
    }

    /** Lets nobody wait for it any more; from any thread. */
    void end() {
      ended = true;
      lock.lock();
      try {
        row.stream().filter(w -> w.share() == this).forEach(w -> w.turn().signal());
      } finally {
        lock.unlock();
      }
    }
  }

  Share join() {
    return new Share();
  }

  private long limit() {
    long now = nanoTime.getAsLong();
    if (now - limitReadAt > FRESH_NANOS) {
      readLimit(now);
    }
    return limit;
  }

  private void readLimit(long now) {
    limitReadAt = now;
    limit = bytesPerSecond.get().orElse(0L);
  }

  private boolean await(Share share, long bytes) {
    lock.lock();
    Waiting self = new Waiting(share, lock.newCondition());
    row.addLast(self);
    share.waiting++;
    try {
      while (!share.ended) {
        if (row.peekFirst() != self) {
          self.turn().await();
          continue;
        }
        long missing = take(bytes);
        if (missing == 0) {
          return true;
        }
        timer.await(self.turn(), Math.min(missing, FRESH_NANOS));
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      share.waiting--;
      row.remove(self);
      if (!row.isEmpty()) {
        row.peekFirst().turn().signal();
      }
      lock.unlock();
    }
  }

  /**
   * Takes them if they are there.
   *
   * @return after how many nanoseconds they will be; 0 if they were taken
   */
  private long take(long bytes) {
    long now = nanoTime.getAsLong();
    long rate = limit();
    if (rate == 0) {
      filledAt = now;
      tokens = 0;
      return 0;
    }
    double most = BURST * Math.max(1.0, rate / PIECES);
    tokens =
        Math.min(most, tokens + (now - filledAt) * (double) rate / TimeUnit.SECONDS.toNanos(1));
    filledAt = now;
    // A piece of before the limit was lowered may be larger than all that is ever there.
    double needed = Math.min(bytes, most);
    if (tokens >= needed) {
      tokens -= bytes;
      return 0;
    }
    return Math.max(1, (long) ((needed - tokens) * TimeUnit.SECONDS.toNanos(1) / rate));
  }
}
