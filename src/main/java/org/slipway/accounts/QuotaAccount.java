package org.slipway.accounts;

import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slipway.accounts.QuotaLedger.Amount;
import org.slipway.accounts.QuotaLedger.Publication;
import org.slipway.accounts.QuotaLedger.Reservation;

/** One account's part of the ledger in this instance. All amounts are guarded by its lock. */
final class QuotaAccount {
  private static final long CHUNK_BYTES = 16L << 20;
  private static final long CHUNK_FILES = 64;

  private final UUID id;
  private final QuotaRows rows;
  private final AccountDirectory directory;
  private final ReentrantLock lock = new ReentrantLock();

  /** Used according to the database when it was last seen. */
  private Amount stored;

  private long claimedBytes;
  private long claimedFiles;
  private boolean claimed;
  private long inFlightBytes;
  private long inFlightFiles;

  /** Committed but not yet written; negative after deletions. */
  private long pendingBytes;

  private long pendingFiles;
  private boolean usedSinceFlush;

  QuotaAccount(UUID id, QuotaRows rows, AccountDirectory directory) {
    this.id = id;
    this.rows = rows;
    this.directory = directory;
    this.stored = rows.used(id);
  }

  Amount used() {
    lock.lock();
    try {
      if (!claimed) {
        stored = rows.used(id);
      }
      return new Amount(stored.bytes() + pendingBytes, stored.files() + pendingFiles);
    } finally {
      lock.unlock();
    }
  }

  void reserve(long bytes, long files) {
    lock.lock();
    try {
      usedSinceFlush = true;
      ensureClaim(bytes, files);
      inFlightBytes += bytes;
      inFlightFiles += files;
    } finally {
      lock.unlock();
    }
  }

  void release(long bytes, long files) {
    lock.lock();
    try {
      inFlightBytes -= bytes;
      inFlightFiles -= files;
    } finally {
      lock.unlock();
    }
  }

  void commit(Reservation reservation, long size, Publication publication) {
    lock.lock();
    try {
      OptionalLong replaced = publication.replacedBytes();
      long moreBytes = Math.max(0, size - replaced.orElse(0) - reservation.reservedBytes());
      long moreFiles = replaced.isPresent() ? 0 : 1 - reservation.reservedFiles();
      ensureClaim(moreBytes, moreFiles);
      inFlightBytes += moreBytes;
      inFlightFiles += moreFiles;
      reservation.grow(moreBytes, moreFiles);
      publication.perform();
      inFlightBytes -= reservation.reservedBytes();
      inFlightFiles -= reservation.reservedFiles();
      pendingBytes += size - replaced.orElse(0);
      pendingFiles += replaced.isPresent() ? 0 : 1;
      usedSinceFlush = true;
    } finally {
      lock.unlock();
    }
  }

  void remove(Supplier<Amount> removal) {
    lock.lock();
    try {
      ensureClaim(0, 0);
      Amount removed = removal.get();
      pendingBytes -= removed.bytes();
      pendingFiles -= removed.files();
      usedSinceFlush = true;
    } finally {
      lock.unlock();
    }
  }

  Amount reconcile(Supplier<Amount> count) {
    lock.lock();
    try {
      Amount counted = count.get();
      rows.correct(id, counted);
      stored = counted;
      pendingBytes = 0;
      pendingFiles = 0;
      claimed = false;
      claimedBytes = 0;
      claimedFiles = 0;
      if (inFlightBytes > 0 || inFlightFiles > 0) {
        claim(inFlightBytes, inFlightFiles, inFlightBytes, inFlightFiles);
      }
      return counted;
    } finally {
      lock.unlock();
    }
  }

  void flush() {
    lock.lock();
    try {
      if (!claimed) {
        return;
      }
      boolean keep = inFlightBytes > 0 || inFlightFiles > 0 || usedSinceFlush;
      if (keep && pendingBytes == 0 && pendingFiles == 0) {
        usedSinceFlush = false;
        return;
      }
      usedSinceFlush = false;
      settle(keep);
    } finally {
      lock.unlock();
    }
  }

  /** Writes what is pending and shrinks the claim to what is in flight; without any, it goes. */
  private void settle(boolean keep) {
    stored = rows.settle(id, pendingBytes, pendingFiles, inFlightBytes, inFlightFiles, keep);
    pendingBytes = 0;
    pendingFiles = 0;
    claimedBytes = inFlightBytes;
    claimedFiles = inFlightFiles;
    claimed = keep;
  }

  /** Makes sure that so much more can be handed out, and that the database knows we are at work. */
  private void ensureClaim(long bytes, long files) {
    long freeBytes = claimedBytes - inFlightBytes - Math.max(0, pendingBytes);
    long freeFiles = claimedFiles - inFlightFiles - Math.max(0, pendingFiles);
    if (claimed && freeBytes >= bytes && freeFiles >= files) {
      return;
    }
    long wantBytes = freeBytes >= bytes ? bytes : Math.max(bytes, CHUNK_BYTES);
    long wantFiles = freeFiles >= files ? files : Math.max(files, CHUNK_FILES);
    claim(bytes, files, wantBytes, wantFiles);
  }

  private void claim(long leastBytes, long leastFiles, long wantBytes, long wantFiles) {
    Account account =
        directory
            .byId(id)
            .orElseThrow(() ->
                new RefusedException(Refusal.Kind.NOT_LOGGED_IN, "The account does not exist"));
    QuotaRows.Claim claim =
        rows.claim(
            new QuotaRows.Wanted(
                id,
                account.quotaBytes(),
                account.quotaFiles(),
                pendingBytes,
                pendingFiles,
                inFlightBytes,
                inFlightFiles,
                leastBytes,
                leastFiles,
                wantBytes,
                wantFiles));
    stored = claim.used();
    pendingBytes = 0;
    pendingFiles = 0;
    claimedBytes = claim.bytes();
    claimedFiles = claim.files();
    claimed = true;
    claim
        .refusal()
        .ifPresent(r -> {
          throw r.asException();
        });
  }
}
