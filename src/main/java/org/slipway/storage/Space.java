package org.slipway.storage;

import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.QuotaLedger.Amount;
import org.slipway.accounts.QuotaLedger.Publication;

/**
 * Against what an area counts what is stored in it; also what makes its changes follow one another.
 */
interface Space {

  Claim claim(OptionalLong replaces);

  /** Changes something; the supplier says what was removed by it. */
  void change(Supplier<Amount> change);

  /** Room set aside for one upload. */
  interface Claim extends AutoCloseable {
    void add(long bytes);

    void commit(long size, Publication publication);

    @Override
    void close();
  }

  /** Counts in the ledger of an account. */
  record Home(QuotaLedger ledger, java.util.UUID account) implements Space {
    @Override
    public Claim claim(OptionalLong replaces) {
      QuotaLedger.Reservation reservation = ledger.reserve(account, replaces);
      return new Claim() {
        @Override
        public void add(long bytes) {
          reservation.add(bytes);
        }

        @Override
        public void commit(long size, Publication publication) {
          reservation.commit(size, publication);
        }

        @Override
        public void close() {
          reservation.close();
        }
      };
    }

    @Override
    public void change(Supplier<Amount> change) {
      ledger.remove(account, change);
    }
  }

  /** Counts nothing: what operators put into the TFTP area. */
  final class Unlimited implements Space {
    private final java.util.concurrent.locks.ReentrantLock lock =
        new java.util.concurrent.locks.ReentrantLock();

    @Override
    public Claim claim(OptionalLong replaces) {
      return new Claim() {
        @Override
        public void add(long bytes) {
          // nothing is counted here
        }

        @Override
        public void commit(long size, Publication publication) {
          change(() -> {
            publication.perform();
            return Amount.ZERO;
          });
        }

        @Override
        public void close() {
          // nothing was set aside
        }
      };
    }

    @Override
    public void change(Supplier<Amount> change) {
      lock.lock();
      try {
        change.get();
      } finally {
        lock.unlock();
      }
    }
  }
}
