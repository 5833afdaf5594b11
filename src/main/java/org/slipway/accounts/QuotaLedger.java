package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Jdbi;

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
  private static final Logger LOG = Logger.getLogger(QuotaLedger.class.getName());

  private final QuotaRows rows;
  private final AccountDirectory directory;
  private final Map<UUID, QuotaAccount> accounts = new ConcurrentHashMap<>();

  @Inject
  public QuotaLedger(Jdbi jdbi, AccountDirectory directory, InstanceId instance) {
    this.rows = new QuotaRows(jdbi, instance);
    this.directory = directory;
  }

  /** Bytes and files. */
  public record Amount(long bytes, long files) {
    public static final Amount ZERO = new Amount(0, 0);
  }

  /** What an account stores now and may store; an empty limit is unlimited. */
  public record Usage(
      long usedBytes, long usedFiles, Optional<Long> quotaBytes, Optional<Long> quotaFiles) {}

  /** The last step of an upload, done while nothing else of the account changes. */
  public interface Publication {
    /** Size of the file that will be replaced; empty if none will. */
    java.util.OptionalLong replacedBytes();

    /** Makes the file visible. */
    void perform();
  }

  public Usage usage(UUID accountId) {
    Amount used = accounts.containsKey(accountId) ? of(accountId).used() : rows.used(accountId);
    Optional<Account> account = directory.byId(accountId);
    return new Usage(
        used.bytes(),
        used.files(),
        account.flatMap(Account::quotaBytes),
        account.flatMap(Account::quotaFiles));
  }

  /**
   * Opens a reservation for one file that is to be stored.
   *
   * @param replaces size of the file that it would replace now; its bytes need no second quota
   */
  public Reservation reserve(UUID accountId, java.util.OptionalLong replaces) {
    return new Reservation(of(accountId), replaces);
  }

  /**
   * Removes something stored, and takes it off the ledger; {@code removal} says what it removed.
   */
  public void remove(UUID accountId, Supplier<Amount> removal) {
    of(accountId).remove(removal);
  }

  /** Counts what is stored while nothing of the account changes, and corrects the ledger. */
  public Amount reconcile(UUID accountId, Supplier<Amount> count) {
    return of(accountId).reconcile(count);
  }

  /** Accounts whose last instance died before it had written everything. */
  public List<UUID> unsettled() {
    return rows.unsettled();
  }

  /** Forgets an account that was deleted. */
  public void forget(UUID accountId) {
    accounts.remove(accountId);
  }

  /** Writes what was committed and gives unused claims back; called about once a second. */
  public void flush() {
    accounts.forEach((id, account) -> {
      try {
        account.flush();
      } catch (RuntimeException e) {
        LOG.log(Level.SEVERE, "The quota of account " + id + " could not be written", e);
      }
    });
  }

  private QuotaAccount of(UUID accountId) {
    return accounts.computeIfAbsent(accountId, id -> new QuotaAccount(id, rows, directory));
  }

  /** Quota set aside for one upload. Not for several threads at once. */
  public static final class Reservation implements AutoCloseable {
    private final QuotaAccount account;
    private long credit;
    private long reserved;
    private long files;
    private boolean over;

    private Reservation(QuotaAccount account, java.util.OptionalLong replaces) {
      this.account = account;
      this.credit = replaces.orElse(0);
      if (replaces.isEmpty()) {
        account.reserve(0, 1);
        files = 1;
      }
    }

    /**
     * Sets more bytes aside.
     *
     * @throws RefusedException {@code OVER_QUOTA}
     */
    public void add(long bytes) {
      long fromCredit = Math.min(credit, bytes);
      credit -= fromCredit;
      long rest = bytes - fromCredit;
      if (rest > 0) {
        account.reserve(rest, 0);
        reserved += rest;
      }
    }

    /**
     * Makes the file visible and turns the reservation into use.
     *
     * @param size of the whole file in bytes
     * @throws RefusedException {@code OVER_QUOTA} if the file that it was to replace has gone
     *     meanwhile and there is no room for both
     */
    public void commit(long size, Publication publication) {
      account.commit(this, size, publication);
      over = true;
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

    /** Releases what was not committed. */
    @Override
    public void close() {
      if (!over) {
        over = true;
        account.release(reserved, files);
      }
    }
  }
}
