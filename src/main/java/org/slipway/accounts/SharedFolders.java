package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;
import org.slipway.database.Changes;
import org.slipway.database.JsonColumn;
import org.slipway.database.Snapshot;
import org.slipway.database.Topic;

/** All shared folders: read from memory, changed in the database. */
@Singleton
public final class SharedFolders {
  private final Changes changes;
  private final AuditTrail audit;
  private final Snapshot<String, SharedFolder> snapshot;

  @Inject
  public SharedFolders(Jdbi jdbi, Changes changes, AuditTrail audit) {
    this.changes = changes;
    this.audit = audit;
    this.snapshot =
        new Snapshot<>(
            jdbi,
            changes,
            Topic.SHARED_FOLDERS,
            SharedFolders::newerThan,
            SharedFolder::name,
            n -> n);
  }

  public Optional<SharedFolder> find(String name) {
    return Optional.ofNullable(snapshot.rows().get(name));
  }

  public Collection<SharedFolder> all() {
    return snapshot.rows().values();
  }

  /**
   * Stores a shared folder under its name, new or changed.
   *
   * @throws InvalidInputException for bad fields
   */
  public SharedFolder put(SharedFolder folder, OptionalLong expectedRevision, Who who) {
    new AccessPolicyRules()
        .name(folder.name())
        .description(folder.description())
        .shared(folder)
        .check();
    Optional<SharedFolder> before =
        changes.make(
            Topic.SHARED_FOLDERS,
            (h, revision) -> {
              Optional<SharedFolder> old = find(h, folder.name());
              requireRevision(old, expectedRevision);
              if (AccountRows.find(h, folder.owner()).isEmpty()) {
                throw new RefusedException(
                    Refusal.Kind.NO_SUCH_THING, "There is no account that it could belong to");
              }
              h.execute("DELETE FROM shared_folder WHERE name = ?", folder.name());
              h.execute(
                  "INSERT INTO shared_folder (name, owner_id, content, revision) VALUES (?, ?, ?, ?)",
                  folder.name(),
                  folder.owner(),
                  json(folder),
                  revision);
              Changes.forgetDeleted(h, Topic.SHARED_FOLDERS, folder.name());
              return old;
            });
    audit.done(
        who,
        before.isPresent() ? AuditAction.SHARED_FOLDER_CHANGED : AuditAction.SHARED_FOLDER_ADDED,
        folder.name(),
        before.map(SharedFolders::json).orElse(null),
        json(folder));
    return find(folder.name()).orElse(folder);
  }

  /** Stops sharing; the files stay with their owner. */
  public void delete(String name, OptionalLong expectedRevision, Who who) {
    SharedFolder deleted =
        changes.make(
            Topic.SHARED_FOLDERS,
            (h, revision) -> {
              Optional<SharedFolder> old = find(h, name);
              if (old.isEmpty()) {
                throw new RefusedException(
                    Refusal.Kind.NO_SUCH_THING, "There is no shared folder " + name);
              }
              requireRevision(old, expectedRevision);
              h.execute("DELETE FROM shared_folder WHERE name = ?", name);
              Changes.rowDeleted(h, Topic.SHARED_FOLDERS, name, revision);
              return old.get();
            });
    audit.done(who, AuditAction.SHARED_FOLDER_DELETED, name, json(deleted), null);
  }

  /** Whether an account has to stay because others use a folder of it. */
  static boolean anyOwnedBy(Handle handle, UUID account) {
    return handle
            .createQuery("SELECT COUNT(*) FROM shared_folder WHERE owner_id = :owner")
            .bind("owner", account)
            .mapTo(long.class)
            .one()
        > 0;
  }

  private static void requireRevision(Optional<SharedFolder> old, OptionalLong expected) {
    if (expected.isPresent()
        && old.map(SharedFolder::revision).orElse(-1L) != expected.getAsLong()) {
      throw new RefusedException(
          Refusal.Kind.CHANGED_MEANWHILE, "The shared folder was changed meanwhile; read it again");
    }
  }

  static List<SharedFolder> newerThan(Handle handle, long revision) {
    return handle
        .createQuery("SELECT * FROM shared_folder WHERE revision > :revision")
        .bind("revision", revision)
        .map((r, c) -> read(r))
        .list();
  }

  private static Optional<SharedFolder> find(Handle handle, String name) {
    return handle
        .createQuery("SELECT * FROM shared_folder WHERE name = :name")
        .bind("name", name)
        .map((r, c) -> read(r))
        .findOne();
  }

  /** What a row holds beside its columns. */
  private record Content(String description, String path, List<Grant> members) {}

  private record Grant(UUID account, String group, List<Permission> permissions) {}

  private static String json(SharedFolder f) {
    return JsonColumn.withoutNulls(
        new Content(
            f.description(),
            f.path(),
            f.members().stream()
                .map(m ->
                    new Grant(
                        m.account().orElse(null),
                        m.group().orElse(null),
                        m.permissions().stream().sorted().toList()))
                .toList()));
  }

  private static SharedFolder read(ResultSet r) throws SQLException {
    Content c = JsonColumn.read(Content.class, r.getString("content"));
    return new SharedFolder(
        r.getString("name"),
        c.description(),
        r.getObject("owner_id", UUID.class),
        c.path(),
        c.members().stream()
            .map(g ->
                new SharedFolder.Member(
                    Optional.ofNullable(g.account()),
                    Optional.ofNullable(g.group()),
                    Set.copyOf(g.permissions())))
            .toList(),
        r.getLong("revision"));
  }
}
