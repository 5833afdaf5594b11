package org.slipway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A rate is kept to the nanosecond of its clock, shared fairly, and lets go who is to go. */
@Timeout(30)
class TransferRateTest {
  private final AtomicLong now = new AtomicLong(5_000_000_000L);
  private volatile Optional<Long> limit = Optional.of(1000L);

  /** Waiting is what makes the time go on. */
  private final TransferRate rate =
      new TransferRate(() -> limit, now::get, (condition, nanos) -> now.addAndGet(nanos));

  private double seconds(Runnable work) {
    long start = now.get();
    work.run();
    return (now.get() - start) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  private static void pay(TransferRate.Share share, long bytes) {
    for (long left = bytes; left > 0; ) {
      long piece = share.piece(left);
      assertThat(share.pay(piece)).isTrue();
      left -= piece;
    }
  }

  private void drain(TransferRate.Share share) {
    pay(share, 300);
    assertThat(seconds(() -> pay(share, 1))).as("the burst is used up").isPositive();
  }

  @Test
  void soManyBytesTakeSoLong() {
    TransferRate.Share share = rate.join();
    drain(share);
    assertThat(seconds(() -> pay(share, 5000))).isBetween(4.999, 5.001);
    assertThat(seconds(() -> pay(share, 50_000))).isBetween(49.99, 50.01);
  }

  @Test
  void aPauseIsCaughtUpOnALittleAndNoMore() {
    TransferRate.Share share = rate.join();
    drain(share);
    now.addAndGet(TimeUnit.HOURS.toNanos(1));
    assertThat(seconds(() -> pay(share, 1300))).isBetween(0.999, 1.001);
  }

  @Test
  void withoutALimitNothingWaitsAndEverythingMovesAtOnce() {
    limit = Optional.empty();
    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    TransferRate.Share share = rate.join();
    assertThat(share.isLimited()).isFalse();
    assertThat(share.piece(1L << 40)).isEqualTo(1L << 40);
    assertThat(seconds(() -> assertThat(share.pay(1L << 40)).isTrue())).isZero();
  }

  @Test
  void aPieceIsATenthOfASecondAndAtLeastAByte() {
    TransferRate.Share share = rate.join();
    assertThat(share.piece(5000)).isEqualTo(100);
    assertThat(share.piece(7)).isEqualTo(7);
    limit = Optional.of(1L);
    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(share.piece(5000)).isOne();
  }

  /** What came in at full speed before the limit is paid for by a longer wait behind it. */
  @Test
  void aPieceOfBeforeTheLimitIsPaidForLater() {
    TransferRate.Share share = rate.join();
    assertThat(seconds(() -> assertThat(share.pay(10_000)).isTrue())).isLessThan(0.5);
    assertThat(seconds(() -> pay(share, 1))).isBetween(9.5, 10.5);
  }

  @Test
  void anotherLimitHoldsWithinHalfASecondForWhoWaits() {
    limit = Optional.of(1L);
    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    TransferRate.Share share = rate.join();
    TransferRate raised =
        new TransferRate(
            () -> limit,
            now::get,
            (condition, nanos) -> {
              limit = Optional.of(1_000_000L);
              now.addAndGet(nanos);
            });
    TransferRate.Share waiting = raised.join();
    pay(waiting, 3);
    assertThat(seconds(() -> pay(waiting, 1000))).isLessThan(0.8);
    assertThat(share.piece(5)).isEqualTo(5);
    limit = Optional.empty();
    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(seconds(() -> pay(waiting, 1L << 40))).isZero();
  }

  @Test
  void allGetTheSame() throws Exception {
    List<Integer> order = new CopyOnWriteArrayList<>();
    Thread[] threads = new Thread[4];
    List<TransferRate.Share> shares = new CopyOnWriteArrayList<>();
    Set<TransferRate.Share> done = ConcurrentHashMap.newKeySet();
    TransferRate shared =
        new TransferRate(
            () -> limit,
            now::get,
            (condition, nanos) -> {
              // The clock is ours, and stands until the others have taken their places in the row.
              do {
                condition.awaitNanos(TimeUnit.MILLISECONDS.toNanos(1));
              } while (shares.size() < threads.length
                  || !shares.stream().allMatch(s -> done.contains(s) || s.isWaiting()));
              now.addAndGet(nanos);
            });
    for (int i = 0; i < threads.length; i++) {
      int self = i;
      TransferRate.Share share = shared.join();
      shares.add(share);
      threads[i] =
          Thread.startVirtualThread(() -> {
            for (int n = 0; n < 40; n++) {
              share.pay(share.piece(10_000));
              order.add(self);
            }
            done.add(share);
          });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(order).hasSize(160);
    // The first few come while not all have taken their places.
    List<Integer> middle = order.subList(20, 100);
    for (int i = 0; i < threads.length; i++) {
      int self = i;
      assertThat(middle.stream().filter(n -> n == self).count()).isBetween(17L, 23L);
    }
  }

  @Test
  void whoWaitsCanBeLetGoAndTheNextMovesUp() throws Exception {
    limit = Optional.of(1L);
    TransferRate real = new TransferRate(() -> limit, System::nanoTime, Condition::awaitNanos);
    TransferRate.Share first = real.join();
    TransferRate.Share second = real.join();
    assertThat(first.pay(1_000_000)).as("into debt").isTrue();
    Thread a = Thread.startVirtualThread(() -> assertThat(first.pay(1)).isFalse());
    Thread b = Thread.startVirtualThread(() -> assertThat(second.pay(1)).isFalse());
    while (!first.isWaiting() || !second.isWaiting()) {
      Thread.onSpinWait();
    }
    first.end();
    a.join();
    assertThat(first.isWaiting()).isFalse();
    assertThat(second.isWaiting()).isTrue();
    assertThat(first.pay(1)).isFalse();
    b.interrupt();
    b.join();
    assertThat(second.isWaiting()).isFalse();
    limit = Optional.empty();
    TransferRate.Share third = real.join();
    assertThat(third.pay(1)).as("when the limit is gone").isTrue();
  }
}
