package org.slipway.accounts;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slipway.accounts.QuotaLedger.Amount;

/**
 * The tables {@code quota_usage} and {@code quota_claim}. Locking a usage row orders all changes.
 */
final class QuotaRows {
  /** So much that nothing overflows when a few of it are added. */
  private static final long UNLIMITED = Long.MAX_VALUE / 4;

  private static final Refusal GONE =
      Refusal.of(Refusal.Kind.NOT_LOGGED_IN, "The account does not exist");

  private final Jdbi jdbi;
  private final InstanceId instances;
  private final String instance;

  QuotaRows(Jdbi jdbi, InstanceId instance) {
    this.jdbi = jdbi;
    this.instances = instance;
    this.instance = instance.text();
  }

  /**
   * What an instance wants to claim: least it must have, most it would like. A least of less than
   * nothing is to be had even where the quota is exceeded.
   */
  record Wanted(
      UUID account,
      Optional<Long> quotaBytes,
      Optional<Long> quotaFiles,
      long pendingBytes,
      long pendingFiles,
      long inFlightBytes,
      long inFlightFiles,
      long leastBytes,
      long leastFiles,
      long wantBytes,
      long wantFiles) {}

  /**
   * What it has got.
   *
   * @param bytes claimed in all, what is in flight included; less than that where the quota is
   *     exceeded
   */
  record Claim(Amount used, long bytes, long files, Optional<Refusal> refusal) {}

  Amount used(UUID account) {
    return jdbi.withHandle(h -> read(h, account, "").orElse(Amount.ZERO));
  }

  /** Writes what is pending and claims more, or says why not; what is pending is written anyway. */
  Claim claim(Wanted w) {
    return jdbi.inTransaction(h -> {
      Optional<Amount> known = apply(h, w.account(), w.pendingBytes(), w.pendingFiles());
      if (known.isEmpty()) {
        return new Claim(Amount.ZERO, 0, 0, Optional.of(GONE));
      }
      Amount used = known.get();
      Amount others = claimedByOthers(h, w.account());
      long freeBytes =
          w.quotaBytes().orElse(UNLIMITED) - used.bytes() - others.bytes() - w.inFlightBytes();
      long freeFiles =
          w.quotaFiles().orElse(UNLIMITED) - used.files() - others.files() - w.inFlightFiles();
      Optional<Refusal> refusal = refusal(w, freeBytes, freeFiles);
      long bytes = w.inFlightBytes() + Math.min(freeBytes, w.wantBytes());
      long files = w.inFlightFiles() + Math.min(freeFiles, w.wantFiles());
      write(h, w.account(), Math.max(bytes, w.inFlightBytes()), Math.max(files, w.inFlightFiles()));
      return new Claim(used, bytes, files, refusal);
    });
  }

  private static Optional<Refusal> refusal(Wanted w, long freeBytes, long freeFiles) {
    if (w.leastBytes() > freeBytes) {
      return Optional.of(
          new Refusal(
              Refusal.Kind.OVER_QUOTA,
              w.quotaBytes()
                  .map(quota ->
                      "Over quota: %d bytes are needed, %d are left of %d"
                          .formatted(w.leastBytes(), Math.max(0, freeBytes), quota))
                  .orElse("So large a file cannot be stored"),
              Optional.empty(),
              w.leastBytes() - Math.max(0, freeBytes)));
    }
    if (w.leastFiles() > freeFiles) {
      return Optional.of(
          Refusal.of(
              Refusal.Kind.OVER_QUOTA,
              "Over quota: no more than %d files are allowed"
                  .formatted(w.quotaFiles().orElse(UNLIMITED))));
    }
    return Optional.empty();
  }

  /** Writes what is pending and shrinks or drops this instance's claim. */
  Amount settle(
      UUID account,
      long pendingBytes,
      long pendingFiles,
      long claimBytes,
      long claimFiles,
      boolean keep) {
    return jdbi.inTransaction(h -> {
      Optional<Amount> used = apply(h, account, pendingBytes, pendingFiles);
      if (keep && used.isPresent()) {
        write(h, account, claimBytes, claimFiles);
      } else {
        drop(h, account);
      }
      return used.orElse(Amount.ZERO);
    });
  }

  /** Replaces what is used by what was counted. */
  void correct(UUID account, Amount counted, long inFlightBytes, long inFlightFiles) {
    jdbi.useTransaction(h -> {
      read(h, account, " FOR UPDATE");
      h.execute(
          "UPDATE quota_usage SET used_bytes = ?, used_files = ? WHERE account_id = ?",
          counted.bytes(),
          counted.files(),
          account);
      dropCounted(h, account);
      if (inFlightBytes > 0 || inFlightFiles > 0) {
        write(h, account, inFlightBytes, inFlightFiles);
      }
    });
  }

  /** Accounts with a claim of this instance, or of one that has not been alive for a while. */
  List<UUID> unsettled() {
    return jdbi.inTransaction(h -> {
      h.execute(
          "DELETE FROM quota_claim WHERE account_id NOT IN (SELECT account_id FROM quota_usage)");
      return h.createQuery(
              """
              SELECT DISTINCT account_id FROM quota_claim WHERE instance_id = :own
                OR instance_id NOT IN (SELECT id FROM instance
                  WHERE alive_at > :dead)
              """)
          .bind("own", instance)
          .bind("dead", instances.deadBefore())
          .mapTo(UUID.class)
          .list();
    });
  }

  private static Optional<Amount> apply(Handle h, UUID account, long bytes, long files) {
    Optional<Amount> used = read(h, account, " FOR UPDATE");
    if (used.isEmpty() || bytes == 0 && files == 0) {
      return used;
    }
    h.execute(
        "UPDATE quota_usage SET used_bytes = used_bytes + ?, used_files = used_files + ? WHERE account_id = ?",
        bytes,
        files,
        account);
    return read(h, account, "");
  }

  /** Empty if the account is gone. */
  private static Optional<Amount> read(Handle h, UUID account, String lock) {
    return h.createQuery(
            "SELECT used_bytes, used_files FROM quota_usage WHERE account_id = :id" + lock)
        .bind("id", account)
        .map((r, c) -> new Amount(r.getLong("used_bytes"), r.getLong("used_files")))
        .findOne();
  }

  private Amount claimedByOthers(Handle h, UUID account) {
    return h.createQuery(
            """
            SELECT COALESCE(SUM(claimed_bytes), 0) AS bytes, COALESCE(SUM(claimed_files), 0) AS files
            FROM quota_claim WHERE account_id = :id AND instance_id <> :own
            """)
        .bind("id", account)
        .bind("own", instance)
        .map((r, c) -> new Amount(r.getLong("bytes"), r.getLong("files")))
        .one();
  }

  private void write(Handle h, UUID account, long bytes, long files) {
    int updated =
        h.execute(
            "UPDATE quota_claim SET claimed_bytes = ?, claimed_files = ? WHERE account_id = ? AND instance_id = ?",
            bytes,
            files,
            account,
            instance);
    if (updated == 0) {
      h.execute(
          "INSERT INTO quota_claim (account_id, instance_id, claimed_bytes, claimed_files) VALUES (?, ?, ?, ?)",
          account,
          instance,
          bytes,
          files);
    }
  }

  private void drop(Handle h, UUID account) {
    h.execute(
        "DELETE FROM quota_claim WHERE account_id = ? AND instance_id = ?", account, instance);
  }

  /** Claims of dead instances go with ours: whoever counted has counted their files too. */
  private void dropCounted(Handle h, UUID account) {
    h.execute(
        """
        DELETE FROM quota_claim WHERE account_id = ? AND (instance_id = ? OR instance_id NOT IN
          (SELECT id FROM instance WHERE alive_at > ?))
        """,
        account,
        instance,
        instances.deadBefore());
  }
}
