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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;
import org.slipway.database.Changes;
import org.slipway.database.JsonColumn;
import org.slipway.database.Snapshot;
import org.slipway.database.Topic;

/** All groups: read from memory, changed in the database. */
@Singleton
public final class Groups {
  private final Changes changes;
  private final AuditTrail audit;
  private final Snapshot<String, Group> snapshot;

  @Inject
  public Groups(Jdbi jdbi, Changes changes, AuditTrail audit) {
    this.changes = changes;
    this.audit = audit;
    this.snapshot =
        new Snapshot<>(jdbi, changes, Topic.GROUPS, Groups::newerThan, Group::name, n -> n);
  }

  public Optional<Group> find(String name) {
    return Optional.ofNullable(snapshot.rows().get(name));
  }

  public Collection<Group> all() {
    return snapshot.rows().values();
  }

  /** Tells that a group was changed or deleted, after the change. */
  void onChanged(Runnable listener) {
    snapshot.onReplaced((rows, changed) -> listener.run());
  }

  /**
   * Stores a group under its name, new or changed.
   *
   * @throws InvalidInputException for bad fields
   */
  public Group put(Group group, OptionalLong expectedRevision, Who who) {
    new AccessPolicyRules()
        .name(group.name())
        .description(group.description())
        .group(group)
        .check();
    Optional<Group> before =
        changes.make(
            Topic.GROUPS,
            (h, revision) -> {
              Optional<Group> old = find(h, group.name());
              requireRevision(old, expectedRevision);
              h.execute("DELETE FROM account_group WHERE name = ?", group.name());
              h.execute(
                  "INSERT INTO account_group (name, content, revision) VALUES (?, ?, ?)",
                  group.name(),
                  json(group),
                  revision);
              Changes.forgetDeleted(h, Topic.GROUPS, group.name());
              return old;
            });
    audit.done(
        who,
        before.isPresent() ? AuditAction.GROUP_CHANGED : AuditAction.GROUP_ADDED,
        group.name(),
        before.map(Groups::json).orElse(null),
        json(group));
    return find(group.name()).orElse(group);
  }

  /**
   * Deletes a group.
   *
   * @throws RefusedException {@code CONFLICT} while an account is a member of it or a shared folder
   *     names it
   */
  public void delete(String name, OptionalLong expectedRevision, Who who) {
    Group deleted =
        changes.make(
            Topic.GROUPS,
            (h, revision) -> {
              Optional<Group> old = find(h, name);
              if (old.isEmpty()) {
                throw new RefusedException(Refusal.Kind.NO_SUCH_THING, "There is no group " + name);
              }
              requireRevision(old, expectedRevision);
              requireUnused(h, name);
              h.execute("DELETE FROM account_group WHERE name = ?", name);
              Changes.rowDeleted(h, Topic.GROUPS, name, revision);
              return old.get();
            });
    audit.done(who, AuditAction.GROUP_DELETED, name, json(deleted), null);
  }

  private static void requireUnused(Handle h, String name) {
    boolean member = AccountRows.newerThan(h, -1).stream().anyMatch(a -> a.groups().contains(name));
    boolean shared =
        SharedFolders.newerThan(h, -1).stream()
            .flatMap(f -> f.members().stream())
            .anyMatch(m -> m.group().filter(name::equals).isPresent());
    if (member || shared) {
      throw new RefusedException(
          Refusal.Kind.CONFLICT,
          "The group still has " + (member ? "members" : "a part in a shared folder"));
    }
  }

  private static void requireRevision(Optional<Group> old, OptionalLong expected) {
    if (expected.isPresent() && old.map(Group::revision).orElse(-1L) != expected.getAsLong()) {
      throw new RefusedException(
          Refusal.Kind.CHANGED_MEANWHILE, "The group was changed meanwhile; read it again");
    }
  }

  private static List<Group> newerThan(Handle handle, long revision) {
    return handle
        .createQuery("SELECT * FROM account_group WHERE revision > :revision")
        .bind("revision", revision)
        .map((r, c) -> read(r))
        .list();
  }

  static boolean exists(Handle handle, String name) {
    return find(handle, name).isPresent();
  }

  private static Optional<Group> find(Handle handle, String name) {
    return handle
        .createQuery("SELECT * FROM account_group WHERE name = :name")
        .bind("name", name)
        .map((r, c) -> read(r))
        .findOne();
  }

  /** What a row holds beside its columns. */
  private record Content(String description, String policy, Filling template) {}

  /** The template. */
  private record Filling(
      Long quotaBytes,
      Long quotaFiles,
      Integer maxSessions,
      OnConflict onConflict,
      Integer validDays,
      List<Role> roles) {}

  private static String json(Group g) {
    Group.Template t = g.template();
    return JsonColumn.withoutNulls(
        new Content(
            g.description(),
            PolicyText.of(g.policy()),
            new Filling(
                t.quotaBytes().orElse(null),
                t.quotaFiles().orElse(null),
                t.maxSessions().orElse(null),
                t.onConflict().orElse(null),
                t.validDays().orElse(null),
                t.roles().map(roles -> roles.stream().sorted().toList()).orElse(null))));
  }

  private static Group read(ResultSet r) throws SQLException {
    Content c = JsonColumn.read(Content.class, r.getString("content"));
    Filling f = c.template();
    return new Group(
        r.getString("name"),
        c.description(),
        PolicyText.read(c.policy()),
        new Group.Template(
            Optional.ofNullable(f.quotaBytes()),
            Optional.ofNullable(f.quotaFiles()),
            Optional.ofNullable(f.maxSessions()),
            Optional.ofNullable(f.onConflict()),
            Optional.ofNullable(f.validDays()),
            Optional.ofNullable(f.roles()).map(Set::copyOf)),
        r.getLong("revision"));
  }
}
