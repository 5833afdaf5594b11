package org.slipway.provisioning;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;
import org.slipway.database.Changes;
import org.slipway.database.JsonColumn;
import org.slipway.database.Snapshot;
import org.slipway.database.Topic;
import org.slipway.storage.FileAreas;
import org.slipway.storage.VirtualPath;

/** All manifests: the current versions from memory, any version from the database. */
@Singleton
public final class Manifests {
  private final Jdbi jdbi;
  private final Changes changes;
  private final AuditTrail audit;
  private final AccountDirectory accounts;
  private final FileAreas areas;
  private final Clock clock;
  private final Snapshot<String, Manifest> snapshot;

  @Inject
  public Manifests(
      Jdbi jdbi,
      Changes changes,
      AuditTrail audit,
      AccountDirectory accounts,
      FileAreas areas,
      Clock clock) {
    this.jdbi = jdbi;
    this.changes = changes;
    this.audit = audit;
    this.accounts = accounts;
    this.areas = areas;
    this.clock = clock;
    this.snapshot =
        new Snapshot<>(
            jdbi, changes, Topic.MANIFESTS, ManifestRows::newerThan, Manifest::name, n -> n);
  }

  /** The current version. */
  public Optional<Manifest> find(String name) {
    return Optional.ofNullable(snapshot.rows().get(name));
  }

  public Collection<Manifest> all() {
    return snapshot.rows().values();
  }

  /** A certain version, also of a manifest that was deleted. */
  public Optional<Manifest> version(String name, int version) {
    Optional<Manifest> current = find(name).filter(m -> m.version() == version);
    return current.isPresent()
        ? current
        : jdbi.withHandle(h -> ManifestRows.version(h, name, version));
  }

  /**
   * Makes a new version, unless the draft says what the current one says already. Checksums that
   * are not given are taken from the files as they are now.
   *
   * @param expectedRevision refuses with {@code CHANGED_MEANWHILE} if it has another one now
   * @throws org.slipway.accounts.InvalidInputException for bad fields
   */
  public Manifest put(ManifestDraft draft, OptionalLong expectedRevision, Who who) {
    Optional<Account> account = draft.account().flatMap(accounts::byUsername);
    ManifestRules.check(draft, account.isPresent());
    Manifest wanted = wanted(draft, account.map(Account::id), who);
    Optional<Manifest> before =
        changes.make(
            Topic.MANIFESTS,
            (h, revision) -> {
              Optional<Manifest> old = ManifestRows.current(h, draft.name());
              requireRevision(old, expectedRevision);
              if (old.filter(m -> saysTheSame(m, wanted)).isEmpty()) {
                int version = ManifestRows.nextVersion(h, draft.name());
                ManifestRows.insert(h, numbered(wanted, version), revision);
              }
              return old;
            });
    Manifest now = find(draft.name()).orElseThrow();
    if (before.map(Manifest::version).orElse(0) != now.version()) {
      audit.done(
          who,
          AuditAction.MANIFEST_VERSION_MADE,
          draft.name(),
          before.map(m -> JsonColumn.of(ManifestRows.content(m))).orElse(null),
          JsonColumn.of(ManifestRows.content(now)));
    }
    return now;
  }

  /** Deletes a manifest; runs that are open on one of its versions go on. */
  public void delete(String name, OptionalLong expectedRevision, Who who) {
    Manifest gone =
        changes.make(
            Topic.MANIFESTS,
            (h, revision) -> {
              Optional<Manifest> old = ManifestRows.current(h, name);
              if (old.isEmpty()) {
                throw new RefusedException(
                    Refusal.Kind.NO_SUCH_THING, "There is no manifest " + name);
              }
              requireRevision(old, expectedRevision);
              ManifestRows.delete(h, name, revision);
              return old.get();
            });
    audit.done(
        who, AuditAction.MANIFEST_DELETED, name, JsonColumn.of(ManifestRows.content(gone)), null);
  }

  private Manifest wanted(ManifestDraft draft, Optional<UUID> account, Who who) {
    return new Manifest(
        draft.name(),
        0,
        draft.description(),
        account,
        draft.advance(),
        draft.end(),
        draft.rearm(),
        VirtualPath.parse(draft.effectiveListName()).relative(),
        draft.steps().stream()
            .map(s -> new Manifest.Step(VirtualPath.parse(s.path()).relative()))
            .toList(),
        draft.files().stream().map(f -> withChecksum(f, account)).toList(),
        clock.instant(),
        who.name(),
        0);
  }

  private Manifest.ListedFile withChecksum(Manifest.ListedFile file, Optional<UUID> account) {
    VirtualPath path = VirtualPath.parse(file.path());
    Optional<String> sha256 = file.sha256();
    if (sha256.isEmpty() && account.isPresent()) {
      var home = areas.home(account.get());
      sha256 = home.stat(path).filter(f -> !f.folder()).map(f -> home.sha256(path));
    }
    return new Manifest.ListedFile(file.key(), path.relative(), sha256);
  }

  private static boolean saysTheSame(Manifest a, Manifest b) {
    return a.account().equals(b.account())
        && ManifestRows.content(a).equals(ManifestRows.content(b));
  }

  private static Manifest numbered(Manifest m, int version) {
    return new Manifest(
        m.name(),
        version,
        m.description(),
        m.account(),
        m.advance(),
        m.end(),
        m.rearm(),
        m.listName(),
        m.steps(),
        m.files(),
        m.created(),
        m.createdBy(),
        m.revision());
  }

  private static void requireRevision(Optional<Manifest> old, OptionalLong expected) {
    if (expected.isPresent() && old.map(Manifest::revision).orElse(-1L) != expected.getAsLong()) {
      throw new RefusedException(
          Refusal.Kind.CHANGED_MEANWHILE, "The manifest was changed meanwhile; read it again");
    }
  }
}
