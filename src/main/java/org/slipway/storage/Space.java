package org.slipway.storage;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.QuotaLedger.Publication;
import org.slipway.accounts.QuotaLedger.Removed;
import org.slipway.accounts.QuotaLedger.StoredFile;

/**
 * Against what an area counts what is stored in it; also what makes its changes follow one another.
 */
interface Space {

  /**
   * @param file that is to be stored
   * @param replaces the file that would be replaced now; asked once, while nothing else changes.
   *     What it throws is thrown, and nothing is claimed
   */
  Claim claim(VirtualPath file, Supplier<Optional<StoredFile>> replaces);

  /** Removes something, and is told what, piece by piece. */
  void remove(Consumer<Removed> removal);

  /** What is stored and may be; empty where nothing is counted. */
  Optional<QuotaLedger.Usage> usage();

  /** A file is about to get its name; asked while nothing else changes. */
  default void publishing(VirtualPath file, long size) {
    // only who counts single files wants to know
  }

  /** A file or folder has gone, with all that was in it. */
  default void gone(VirtualPath path) {
    // only who counts single files wants to know
  }

  /** A file or folder has another name, with all that is in it. */
  default void moved(VirtualPath from, VirtualPath to) {
    // only who counts single files wants to know
  }

  /** Does what adds and removes no file, while nothing else changes. */
  <R> R inOrder(Supplier<R> work);

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
    public Claim claim(VirtualPath file, Supplier<Optional<StoredFile>> replaces) {
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
    public void remove(Consumer<Removed> removal) {
      ledger.remove(account, removal);
    }

    @Override
    public Optional<QuotaLedger.Usage> usage() {
      return Optional.of(ledger.usage(account));
    }

    @Override
    public <R> R inOrder(Supplier<R> work) {
      return ledger.inOrder(account, work);
    }
  }

  /** Counts nothing: what operators put into the TFTP area. */
  final class Unlimited implements Space {
    private final java.util.concurrent.locks.ReentrantLock lock =
        new java.util.concurrent.locks.ReentrantLock();

    @Override
    public Claim claim(VirtualPath file, Supplier<Optional<StoredFile>> replaces) {
      inOrder(replaces);
      return new Claim() {
        @Override
        public void add(long bytes) {
          // nothing is counted here
        }

        @Override
        public void commit(long size, Publication publication) {
          inOrder(() -> {
            publication.replaced();
            publication.perform();
            return null;
          });
        }

        @Override
        public void close() {
          // nothing was set aside
        }
      };
    }

    @Override
    public void remove(Consumer<Removed> removal) {
      inOrder(() -> {
        removal.accept(new Removed());
        return null;
      });
    }

    @Override
    public Optional<QuotaLedger.Usage> usage() {
      return Optional.empty();
    }

    @Override
    public <R> R inOrder(Supplier<R> work) {
      lock.lock();
      try {
        return work.get();
      } finally {
        lock.unlock();
      }
    }
  }
}
