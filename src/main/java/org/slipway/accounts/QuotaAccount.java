package org.slipway.accounts;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slipway.accounts.QuotaLedger.Amount;
import org.slipway.accounts.QuotaLedger.Publication;
import org.slipway.accounts.QuotaLedger.Quota;
import org.slipway.accounts.QuotaLedger.Removed;
import org.slipway.accounts.QuotaLedger.Reservation;
import org.slipway.accounts.QuotaLedger.StoredFile;

/** One account's part of the ledger in this instance. All amounts are guarded by its lock. */
final class QuotaAccount {
  private static final long CHUNK_BYTES = 16L << 20;

  /** A big upload claims as much again as it has, so that it asks the database seldom. */
  private static final long MOST_CHUNK_BYTES = 256L << 20;

  private static final long CHUNK_FILES = 64;

  /** Needs no room at all, and may therefore be done even where the quota is exceeded. */
  private static final long NO_NEED = Long.MIN_VALUE;

  private final UUID id;
  private final QuotaRows rows;
  private final Supplier<Optional<Quota>> quotas;
  private final ReentrantLock lock = new ReentrantLock();

  /** Used according to the database when it was last seen. */
  private Amount stored;

  /** Less than what is in flight if the quota was lowered meanwhile. */
  private long claimedBytes;

  private long claimedFiles;
  private boolean claimed;

  /** The quota that the claim was made under. */
  private Quota claimedUnder;

  private long inFlightBytes;
  private long inFlightFiles;

  /** Committed but not yet written; negative after deletions. */
  private long pendingBytes;

  private long pendingFiles;
  private boolean usedSinceFlush;

  /**
   * Which upload is credited with the room of the file that it will replace; never two with the
   * same, else many uploads over one file could fill the disk with many times the quota.
   */
  private final Map<Object, Reservation> credited = new HashMap<>();

  /**
   * @param quotas what may be stored now; empty where the account is gone
   */
  QuotaAccount(UUID id, QuotaRows rows, Supplier<Optional<Quota>> quotas) {
    this.id = id;
    this.rows = rows;
    this.quotas = quotas;
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

  void open(Reservation r, Supplier<Optional<StoredFile>> replaces) {
    lock.lock();
    try {
      Optional<StoredFile> old = replaces.get();
      if (old.isPresent() && credited.putIfAbsent(old.get().key(), r) == null) {
        r.credit(old.get());
      } else {
        reserve(r, 0, 1);
      }
    } finally {
      lock.unlock();
    }
  }

  void reserve(Reservation r, long asked, long files) {
    lock.lock();
    try {
      requireOpen(r);
      long bytes = r.beyondCredit(asked);
      usedSinceFlush = true;
      ensureClaim(
          bytes > 0 || r.reservedBytes() > 0 ? bytes : NO_NEED,
          files > 0 || r.reservedFiles() > 0 ? files : NO_NEED);
      r.useCredit(asked);
      r.grow(bytes, files);
      inFlightBytes += bytes;
      inFlightFiles += files;
    } finally {
      lock.unlock();
    }
  }

  void release(Reservation r) {
    lock.lock();
    try {
      if (!r.isOver()) {
        over(r);
      }
    } finally {
      lock.unlock();
    }
  }

  private void over(Reservation r) {
    r.end();
    inFlightBytes -= r.reservedBytes();
    inFlightFiles -= r.reservedFiles();
    if (r.creditedWith() != null) {
      credited.remove(r.creditedWith(), r);
    }
  }

  void commit(Reservation r, long size, Publication publication) {
    lock.lock();
    try {
      requireOpen(r);
      Optional<StoredFile> replaced = publication.replaced();
      long growth = size - replaced.map(StoredFile::bytes).orElse(0L);
      long moreBytes = Math.max(0, growth - r.reservedBytes());
      long moreFiles = replaced.isPresent() ? 0 : 1 - r.reservedFiles();
      ensureClaim(growth > 0 ? moreBytes : NO_NEED, replaced.isEmpty() ? moreFiles : NO_NEED);
      publication.perform();
      over(r);
      replaced.ifPresent(this::gone);
      pendingBytes += size;
      pendingFiles++;
      usedSinceFlush = true;
    } finally {
      lock.unlock();
    }
  }

  void remove(Consumer<Removed> removal) {
    lock.lock();
    try {
      ensureClaim(NO_NEED, NO_NEED);
      Removed removed = new Removed();
      try {
        removal.accept(removed);
      } finally {
        removed.files().forEach(this::gone);
        usedSinceFlush = true;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * A stored file is no more. An upload that was credited with its room needs as much of its own
   * now, which is never more than what has just become free.
   */
  private void gone(StoredFile file) {
    pendingBytes -= file.bytes();
    pendingFiles--;
    Reservation heir = credited.remove(file.key());
    if (heir != null) {
      Amount paid = heir.loseCredit();
      inFlightBytes += paid.bytes();
      inFlightFiles += paid.files();
    }
  }

  <R> R inOrder(Supplier<R> work) {
    lock.lock();
    try {
      quota();
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** The account is deleted: whoever comes after this finds it gone. */
  void last(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  Amount reconcile(Supplier<Amount> count) {
    lock.lock();
    try {
      quota();
      Amount counted = count.get();
      rows.correct(id, counted, inFlightBytes, inFlightFiles);
      stored = counted;
      pendingBytes = 0;
      pendingFiles = 0;
      claimed = inFlightBytes > 0 || inFlightFiles > 0;
      claimedBytes = inFlightBytes;
      claimedFiles = inFlightFiles;
      claimedUnder = null;
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
      boolean idle = !usedSinceFlush;
      usedSinceFlush = false;
      boolean inFlight = inFlightBytes > 0 || inFlightFiles > 0;
      boolean unused = claimedBytes > inFlightBytes || claimedFiles > inFlightFiles;
      boolean pending = pendingBytes != 0 || pendingFiles != 0;
      if (pending || unused && quotaChanged() || idle && (unused || !inFlight)) {
        settle(inFlight || !idle);
      }
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
    claimedUnder = null;
    claimed = keep;
  }

  private boolean quotaChanged() {
    return claimedUnder == null || !quotas.get().equals(Optional.of(claimedUnder));
  }

  /**
   * Makes sure that so much more can be handed out under the quota as it is now, and that the
   * database knows we are at work.
   */
  private void ensureClaim(long bytes, long files) {
    Quota quota = quota();
    long freeBytes = claimedBytes - inFlightBytes - Math.max(0, pendingBytes);
    long freeFiles = claimedFiles - inFlightFiles - Math.max(0, pendingFiles);
    boolean enough = freeBytes >= bytes && freeFiles >= files;
    boolean needsNone = bytes == NO_NEED && files == NO_NEED;
    if (claimed && (needsNone || enough && quota.equals(claimedUnder))) {
      return;
    }
    long chunk = Math.clamp(inFlightBytes, CHUNK_BYTES, MOST_CHUNK_BYTES);
    long wantBytes = bytes <= 0 ? 0 : Math.max(bytes, chunk);
    long wantFiles = files <= 0 ? 0 : Math.max(files, CHUNK_FILES);
    claim(
        quota,
        bytes,
        files,
        Math.max(wantBytes, Math.max(0, freeBytes)),
        Math.max(wantFiles, Math.max(0, freeFiles)));
  }

  private void claim(
      Quota quota, long leastBytes, long leastFiles, long wantBytes, long wantFiles) {
    QuotaRows.Claim claim =
        rows.claim(
            new QuotaRows.Wanted(
                id,
                quota.bytes(),
                quota.files(),
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
    claimedUnder = quota;
    claimed = true;
    claim
        .refusal()
        .ifPresent(r -> {
          throw r.asException();
        });
  }

  /** What may be stored now; refuses where the account is gone. */
  private Quota quota() {
    return quotas
        .get()
        .orElseThrow(
            () -> new RefusedException(Refusal.Kind.NOT_LOGGED_IN, "The account does not exist"));
  }

  private static void requireOpen(Reservation r) {
    if (r.isOver()) {
      throw new IllegalStateException("the upload is over");
    }
  }
}
