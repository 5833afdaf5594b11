package org.slipway.storage;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.QuotaLedger.Amount;
import org.slipway.accounts.QuotaLedger.StoredFile;

/**
 * Which files of the TFTP area came by TFTP: they count under {@code slipway.tftp.write-quota},
 * until an operator deletes them or puts another in their place. The ledger counts them; this says
 * which they are. A file is written down before it has its name, so that one that a crash leaves
 * behind is counted; one that never got there is struck off at the next count.
 */
@Singleton
public final class TftpUploads {
  private final Jdbi jdbi;
  private final QuotaLedger ledger;

  @Inject
  public TftpUploads(Jdbi jdbi, QuotaLedger ledger) {
    this.jdbi = jdbi;
    this.ledger = ledger;
  }

  /** What is stored and may be. */
  public QuotaLedger.Usage usage() {
    return ledger.usage(QuotaLedger.TFTP_UPLOADS);
  }

  QuotaLedger ledger() {
    return ledger;
  }

  /** What a file counts for; empty if it did not come by TFTP. */
  Optional<StoredFile> find(VirtualPath file) {
    return jdbi.withHandle(h ->
        h.createQuery("SELECT bytes FROM tftp_upload WHERE path = :path")
            .bind("path", file.toString())
            .mapTo(Long.class)
            .findOne()
            .map(bytes -> new StoredFile(file, bytes)));
  }

  void write(VirtualPath file, long bytes) {
    jdbi.useTransaction(h -> write(h, file, bytes));
  }

  private static void write(Handle h, VirtualPath file, long bytes) {
    delete(h, file);
    h.execute("INSERT INTO tftp_upload (path, bytes) VALUES (?, ?)", file.toString(), bytes);
  }

  private static void delete(Handle h, VirtualPath file) {
    h.execute("DELETE FROM tftp_upload WHERE path = ?", file.toString());
  }

  /** A file that did not come by TFTP takes the name. */
  void replaced(VirtualPath file) {
    strikeOff(file, path -> Optional.empty());
  }

  /**
   * Something was deleted.
   *
   * @param size of a file that is there, else empty
   */
  void gone(VirtualPath path, Function<VirtualPath, Optional<Long>> size) {
    strikeOff(path, size);
  }

  private void strikeOff(VirtualPath path, Function<VirtualPath, Optional<Long>> size) {
    if (below(path).isEmpty()) {
      return;
    }
    ledger.remove(
        QuotaLedger.TFTP_UPLOADS,
        removed -> {
          for (StoredFile file : below(path)) {
            VirtualPath at = (VirtualPath) file.key();
            if (size.apply(at).isEmpty()) {
              jdbi.useHandle(h -> delete(h, at));
              removed.file(file);
            }
          }
        });
  }

  void moved(VirtualPath from, VirtualPath to) {
    if (below(from).isEmpty()) {
      return;
    }
    ledger.inOrder(
        QuotaLedger.TFTP_UPLOADS,
        () -> {
          jdbi.useTransaction(h -> {
            for (StoredFile file : below(from)) {
              VirtualPath old = (VirtualPath) file.key();
              delete(h, old);
              write(
                  h,
                  VirtualPath.parse(to + old.toString().substring(from.toString().length())),
                  file.bytes());
            }
          });
          return null;
        });
  }

  /**
   * Counts again: who puts files there by hand, or takes them away, tells nobody.
   *
   * @param size of a file that is there, else empty
   */
  Amount reconcile(Function<VirtualPath, Optional<Long>> size) {
    return ledger.reconcile(
        QuotaLedger.TFTP_UPLOADS,
        () -> {
          long bytes = 0;
          long files = 0;
          for (StoredFile file : below(VirtualPath.ROOT)) {
            VirtualPath path = (VirtualPath) file.key();
            Optional<Long> now = size.apply(path);
            if (now.isEmpty()) {
              jdbi.useHandle(h -> delete(h, path));
            } else if (now.get() != file.bytes()) {
              write(path, now.get());
            }
            bytes += now.orElse(0L);
            files += now.isPresent() ? 1 : 0;
          }
          return new Amount(bytes, files);
        });
  }

  /** A file, or those in a folder and below it. */
  private List<StoredFile> below(VirtualPath path) {
    String folder = path.isRoot() ? "/" : path + "/";
    return jdbi.withHandle(h ->
        h.createQuery(
                """
                SELECT path, bytes FROM tftp_upload
                WHERE path = :path OR SUBSTRING(path FROM 1 FOR CHAR_LENGTH(CAST(:folder AS VARCHAR))) = :folder
                """)
            .bind("path", path.toString())
            .bind("folder", folder)
            .map((r, c) ->
                new StoredFile(VirtualPath.parse(r.getString("path")), r.getLong("bytes")))
            .list());
  }
}
