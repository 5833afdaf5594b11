package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;

/**
 * Where quota is reserved, committed and released: one ledger for every protocol. What is used plus
 * what is reserved never exceeds the quota, in bytes and in files, however many upload at once.
 *
 * <p>The database holds what is used and what each instance has claimed ahead; an instance hands
 * out of its claim in memory, so that a small upload costs no transaction. A claim that an instance
 * left behind when it died says that its account must be counted again ({@link #unsettled}).
 */
@Singleton
public final class QuotaLedger {
  /** The owner of what comes by TFTP into the TFTP area; it is no account. */
  public static final UUID TFTP_UPLOADS = new UUID(0, 0);

  /** Empty files need no bytes, but the disk has room for so many only. */
  private static final long MOST_TFTP_UPLOADS = 100_000;

  private static final Logger LOG = Logger.getLogger(QuotaLedger.class.getName());

  private final Settings settings;
  private final QuotaRows rows;
  private final AccountDirectory directory;
  private final Map<UUID, QuotaAccount> accounts = new ConcurrentHashMap<>();

  /** Said once, not every second until a full disk has room again. */
  private volatile boolean unwritten;

  @Inject
  public QuotaLedger(
      Settings settings, Jdbi jdbi, AccountDirectory directory, InstanceId instance) {
    this.settings = settings;
    this.rows = new QuotaRows(jdbi, instance);
    this.directory = directory;
  }

  /** Bytes and files. */
  public record Amount(long bytes, long files) {
    public static final Amount ZERO = new Amount(0, 0);
  }

  /** What may be stored; empty is unlimited. */
  record Quota(Optional<Long> bytes, Optional<Long> files) {}

  /**
   * A file that is stored.
   *
   * @param key what the file system knows it by, whatever its name
   */
  public record StoredFile(Object key, long bytes) {}

  /** What a removal has removed so far. */
  public static final class Removed {
    private final List<StoredFile> files = new ArrayList<>();

    /** One more file is gone. */
    public void file(StoredFile file) {
      files.add(file);
    }

    List<StoredFile> files() {
      return files;
    }
  }

  /** What an account stores now and may store; an empty limit is unlimited. */
  public record Usage(
      long usedBytes, long usedFiles, Optional<Long> quotaBytes, Optional<Long> quotaFiles) {

    /** Bytes that the quota leaves; empty if it is unlimited. */
    public Optional<Long> leftBytes() {
      return quotaBytes.map(most -> Math.max(0, most - usedBytes));
    }
  }

  /** The last step of an upload, done while nothing else of the account changes. */
  public interface Publication {
    /** The file that will be replaced; empty if none will. Asked once. */
    Optional<StoredFile> replaced();

    /** Makes the file visible. */
    void perform();
  }

  public Usage usage(UUID accountId) {
    Amount used = accounts.containsKey(accountId) ? of(accountId).used() : rows.used(accountId);
    Optional<Quota> quota = quota(accountId);
    return new Usage(
        used.bytes(), used.files(), quota.flatMap(Quota::bytes), quota.flatMap(Quota::files));
  }

  /** What an owner may store now; empty if there is no such owner. */
  private Optional<Quota> quota(UUID owner) {
    if (owner.equals(TFTP_UPLOADS)) {
      Long bytes = settings.get(PortalSettings.TFTP_WRITE_QUOTA);
      return Optional.of(new Quota(Optional.of(bytes), Optional.of(MOST_TFTP_UPLOADS)));
    }
    return directory.byId(owner).map(a -> new Quota(a.quotaBytes(), a.quotaFiles()));
  }

  /**
   * Opens a reservation for one file that is to be stored.
   *
   * @param replaces the file that it would replace now: its bytes need no second quota, unless
   *     another upload has been credited with them already. Asked while nothing of the account
   *     changes
   */
  public Reservation reserve(UUID accountId, Supplier<Optional<StoredFile>> replaces) {
    Reservation reservation = new Reservation(of(accountId));
    reservation.account.open(reservation, replaces);
    return reservation;
  }

  /**
   * Removes something stored, and takes it off the ledger: all that {@code removal} has told of,
   * even if it fails half-way.
   */
  public void remove(UUID accountId, Consumer<Removed> removal) {
    of(accountId).remove(removal);
  }

  /** Does something that changes no amount while nothing else of the account changes. */
  public <R> R inOrder(UUID accountId, Supplier<R> work) {
    return of(accountId).inOrder(work);
  }

  /** Counts what is stored while nothing of the account changes, and corrects the ledger. */
  public Amount reconcile(UUID accountId, Supplier<Amount> count) {
    return of(accountId).reconcile(count);
  }

  /** Accounts whose last instance died before it had written everything. */
  public List<UUID> unsettled() {
    return rows.unsettled();
  }

  /**
   * Forgets an account that was deleted.
   *
   * @param last done when what was under way has ended; nothing of the account follows it
   */
  public void forget(UUID accountId, Runnable last) {
    of(accountId).last(last);
    accounts.remove(accountId);
  }

  /** Writes what was committed and gives unused claims back; called about once a second. */
  public void flush() {
    boolean failed = false;
    for (Map.Entry<UUID, QuotaAccount> each : accounts.entrySet()) {
      try {
        each.getValue().flush();
        if (quota(each.getKey()).isEmpty()) {
          accounts.remove(each.getKey(), each.getValue());
        }
      } catch (RuntimeException e) {
        if (!unwritten) {
          LOG.log(Level.SEVERE, "A quota could not be written; it is tried again", e);
        }
        unwritten = true;
        failed = true;
      }
    }
    unwritten = failed;
  }

  private QuotaAccount of(UUID accountId) {
    return accounts.computeIfAbsent(accountId, id -> new QuotaAccount(id, rows, () -> quota(id)));
  }

  /** Quota set aside for one upload. Its amounts are guarded by the lock of its account. */
  public static final class Reservation implements AutoCloseable {
    private final QuotaAccount account;
    private Object creditedWith;
    private long credit;
    private long creditUsed;
    private long reserved;
    private long files;
    private boolean over;

    private Reservation(QuotaAccount account) {
      this.account = account;
    }

    /**
     * Sets more bytes aside. Called with none it asks whether the upload may go on: the quota may
     * have been lowered meanwhile.
     *
     * @throws RefusedException {@code OVER_QUOTA}
     */
    public void add(long bytes) {
      account.reserve(this, bytes, 0);
    }

    /**
     * Makes the file visible and turns the reservation into use.
     *
     * @param size of the whole file in bytes
     * @throws RefusedException {@code OVER_QUOTA} if the file that it was to replace has gone
     *     meanwhile and there is no room for both, or the quota was lowered
     */
    public void commit(long size, Publication publication) {
      account.commit(this, size, publication);
    }

    void credit(StoredFile file) {
      creditedWith = file.key();
      credit = file.bytes();
    }

    /** The file that it is credited with, or null. */
    Object creditedWith() {
      return creditedWith;
    }

    /** How many of these bytes need quota: what is replaced pays for the first. */
    long beyondCredit(long bytes) {
      return bytes - Math.min(credit, bytes);
    }

    void useCredit(long bytes) {
      long used = Math.min(credit, bytes);
      credit -= used;
      creditUsed += used;
    }

    /** The file that paid is gone: what it paid for is reserved from now on. */
    Amount loseCredit() {
      Amount paid = new Amount(creditUsed, 1);
      creditedWith = null;
      credit = 0;
      creditUsed = 0;
      grow(paid.bytes(), paid.files());
      return paid;
    }

    long reservedBytes() {
      return reserved;
    }

    long reservedFiles() {
      return files;
    }

    void grow(long moreBytes, long moreFiles) {
      reserved += moreBytes;
      files += moreFiles;
    }

    boolean isOver() {
      return over;
    }

    void end() {
      over = true;
    }

    /** Releases what was not committed. */
    @Override
    public void close() {
      account.release(this);
    }
  }
}
