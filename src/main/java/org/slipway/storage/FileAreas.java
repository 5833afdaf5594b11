package org.slipway.storage;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slipway.accounts.AccessRules;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.Accounts;
import org.slipway.accounts.EffectivePolicy;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.QuotaLedger.Amount;
import org.slipway.accounts.SharedFolder;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;

/** Finds the areas: the home of each account and the TFTP area. */
@Singleton
public final class FileAreas {
  private static final Logger LOG = Logger.getLogger(FileAreas.class.getName());
  private static final String STAGING = VirtualPath.RESERVED_PREFIX + "staging";

  private final Settings settings;
  private final AccountDirectory directory;
  private final Clock clock;
  private final Path homes;
  private final Path boot;
  private final QuotaLedger ledger;
  private final BootSpace bootSpace;
  private final FolderArea bootFiles;
  private final FolderArea tftpUploads;
  private final AccessRules access;
  private final Map<Base, FolderArea> open = new ConcurrentHashMap<>();

  /** A folder of an account's home that is an area of its own; the root is the home. */
  private record Base(UUID account, VirtualPath folder) {}

  @Inject
  public FileAreas(
      Settings settings,
      QuotaLedger ledger,
      Accounts accounts,
      AccountDirectory directory,
      AccessRules access,
      TftpUploads uploads,
      Clock clock) {
    this.settings = settings;
    this.access = access;
    this.directory = directory;
    this.clock = clock;
    this.homes = settings.homesDirectory();
    this.boot = settings.bootDirectory();
    this.ledger = ledger;
    this.bootSpace = new BootSpace(uploads);
    this.bootFiles = new FolderArea(boot, boot.resolve(STAGING), bootSpace, clock);
    this.tftpUploads = new FolderArea(boot, boot.resolve(STAGING), bootSpace.counted(), clock);
    bootSpace.sizes(
        file -> bootFiles.stat(file).filter(facts -> !facts.folder()).map(FileFacts::size));
    prepare();
    accounts.onDeleted(this::accountDeleted);
  }

  /**
   * The home of an account, made when it is first asked for, with the folders in it that others
   * share with it. Uploads count against the quota of whoever owns the place.
   */
  public FileArea home(UUID accountId) {
    return new MountedArea(area(accountId), () -> mounts(accountId));
  }

  private Map<String, FolderArea> mounts(UUID accountId) {
    return directory
        .byId(accountId)
        .map(account ->
            access.of(account).mounts().stream()
                .map(EffectivePolicy.Mount::folder)
                .filter(folder -> directory.byId(folder.owner()).isPresent())
                .collect(
                    Collectors.toMap(
                        SharedFolder::name,
                        folder -> area(folder.owner(), VirtualPath.parse(folder.path())))))
        .orElse(Map.of());
  }

  /** The TFTP area: boot files. */
  public FileArea bootFiles() {
    return bootFiles;
  }

  /** The TFTP area as TFTP writes into it: what is uploaded counts under a quota of its own. */
  public FileArea tftpUploads() {
    return tftpUploads;
  }

  /** Counts what is stored in a home and corrects the ledger. */
  public Amount reconcile(UUID accountId) {
    FolderArea area = area(accountId);
    return ledger.reconcile(accountId, area::count);
  }

  /**
   * Counts again what came by TFTP, and the homes whose last change may not have reached the
   * ledger.
   */
  public void reconcileUnsettled() {
    bootSpace.reconcile();
    for (UUID id : ledger.unsettled()) {
      Amount counted = reconcile(id);
      LOG.info(() ->
          "Counted the home of account %s again: %d bytes in %d files"
              .formatted(id, counted.bytes(), counted.files()));
    }
  }

  /** Deletes for good what has been in a trash for longer than {@code slipway.trash.keep}. */
  public void emptyTrash() {
    Duration keep = settings.get(PortalSettings.TRASH_KEEP);
    if (keep.isZero()) {
      return;
    }
    Instant before = clock.instant().minus(keep);
    for (UUID id : directory.all().stream().map(Account::id).toList()) {
      if (Files.isDirectory(homes.resolve(id.toString()).resolve(FolderTrash.NAME))) {
        emptyTrash(id, "/", before);
      }
    }
    access.sharedFolders().forEach(shared -> emptyTrash(shared.owner(), shared.path(), before));
  }

  private void emptyTrash(UUID accountId, String folder, Instant before) {
    try {
      int deleted = area(accountId, VirtualPath.parse(folder)).trash().deleteBefore(before);
      if (deleted > 0) {
        LOG.info(() -> "Deleted %d things from the trash of %s".formatted(deleted, accountId));
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The trash of account " + accountId + " cannot be emptied", e);
    }
  }

  private FolderArea area(UUID accountId) {
    return area(accountId, VirtualPath.ROOT);
  }

  private FolderArea area(UUID accountId, VirtualPath folder) {
    Base base = new Base(accountId, folder);
    FolderArea known = open.get(base);
    return known != null
        ? known
        : ledger.inOrder(accountId, () -> open.computeIfAbsent(base, this::openArea));
  }

  private FolderArea openArea(Base base) {
    Path home = homes.resolve(base.account().toString());
    makeFolder(home);
    return new FolderArea(
        home, base.folder(), homes.resolve(STAGING), new Space.Home(ledger, base.account()), clock);
  }

  private void accountDeleted(UUID accountId, boolean withFiles) {
    open.keySet().removeIf(base -> base.account().equals(accountId));
    ledger.forget(
        accountId,
        () -> {
          if (withFiles && Files.isDirectory(homes.resolve(accountId.toString()))) {
            new FolderArea(homes, homes.resolve(STAGING), new Space.Unlimited(), clock)
                .deleteTree(VirtualPath.parse(accountId.toString()));
          }
        });
  }

  /** Makes the folders, and removes what uploads left that were under way when the portal ended. */
  private void prepare() {
    for (Path folder : new Path[] {homes, boot}) {
      makeFolder(folder);
      Path staging = folder.resolve(STAGING);
      makeFolder(staging);
      try (Stream<Path> left = Files.list(staging)) {
        left.forEach(FileAreas::deleteQuietly);
      } catch (IOException e) {
        throw new UncheckedIOException("the folder " + folder + " cannot be used", e);
      }
    }
  }

  private static void deleteQuietly(Path staged) {
    try {
      Files.delete(staged);
    } catch (IOException e) {
      LOG.warning("A leftover of an upload cannot be removed: " + e);
    }
  }

  private static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder + " cannot be made", e);
    }
  }
}
