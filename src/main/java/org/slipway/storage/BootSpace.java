package org.slipway.storage;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.QuotaLedger.Publication;
import org.slipway.accounts.QuotaLedger.Removed;
import org.slipway.accounts.QuotaLedger.StoredFile;

/**
 * The space of the TFTP area: what operators put there is not counted, what comes by TFTP is. Both
 * change it one after the other.
 */
final class BootSpace implements Space {
  private final Space operators = new Space.Unlimited();
  private final TftpUploads uploads;

  /** The size of a file that is there; set once the area is. */
  private Function<VirtualPath, Optional<Long>> sizes = path -> Optional.empty();

  BootSpace(TftpUploads uploads) {
    this.uploads = uploads;
  }

  void sizes(Function<VirtualPath, Optional<Long>> ofFiles) {
    sizes = ofFiles;
  }

  /** Counts again what came by TFTP. */
  void reconcile() {
    inOrder(() -> uploads.reconcile(sizes));
  }

  /** The same space as those who come by TFTP use it: all that they store is counted. */
  Space counted() {
    return new Counted();
  }

  @Override
  public Claim claim(VirtualPath file, Supplier<Optional<StoredFile>> replaces) {
    return operators.claim(file, replaces);
  }

  @Override
  public void remove(Consumer<Removed> removal) {
    operators.remove(removal);
  }

  @Override
  public Optional<QuotaLedger.Usage> usage() {
    return operators.usage();
  }

  @Override
  public <R> R inOrder(Supplier<R> work) {
    return operators.inOrder(work);
  }

  @Override
  public void publishing(VirtualPath file, long size) {
    uploads.replaced(file);
  }

  @Override
  public void gone(VirtualPath path) {
    inOrder(() -> {
      uploads.gone(path, sizes);
      return null;
    });
  }

  @Override
  public void moved(VirtualPath from, VirtualPath to) {
    inOrder(() -> {
      uploads.moved(from, to);
      return null;
    });
  }

  /** A file replaces another in the ledger only where that one came by TFTP too. */
  private final class Counted implements Space {
    private final Space ledger = new Space.Home(uploads.ledger(), QuotaLedger.TFTP_UPLOADS);

    @Override
    public Claim claim(VirtualPath file, Supplier<Optional<StoredFile>> replaces) {
      return new CountedClaim(file, ledger.claim(file, () -> counted(file, replaces.get())));
    }

    @Override
    public void publishing(VirtualPath file, long size) {
      uploads.write(file, size);
    }

    @Override
    public void remove(Consumer<Removed> removal) {
      BootSpace.this.remove(removal);
    }

    @Override
    public Optional<QuotaLedger.Usage> usage() {
      return ledger.usage();
    }

    @Override
    public <R> R inOrder(Supplier<R> work) {
      return BootSpace.this.inOrder(work);
    }
  }

  private Optional<StoredFile> counted(VirtualPath file, Optional<StoredFile> there) {
    return there.flatMap(any -> uploads.find(file));
  }

  private final class CountedClaim implements Space.Claim {
    private final VirtualPath file;
    private final Space.Claim claim;

    CountedClaim(VirtualPath file, Space.Claim claim) {
      this.file = file;
      this.claim = claim;
    }

    @Override
    public void add(long bytes) {
      claim.add(bytes);
    }

    @Override
    public void commit(long size, Publication publication) {
      claim.commit(
          size,
          new Publication() {
            @Override
            public Optional<StoredFile> replaced() {
              return counted(file, publication.replaced());
            }

            @Override
            public void perform() {
              publication.perform();
            }
          });
    }

    @Override
    public void close() {
      claim.close();
    }
  }
}
