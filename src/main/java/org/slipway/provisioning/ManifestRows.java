package org.slipway.provisioning;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slipway.database.Changes;
import org.slipway.database.JsonColumn;
import org.slipway.database.Topic;

/** The tables {@code manifest} and {@code manifest_version}. */
final class ManifestRows {
  private static final String SELECT =
      """
      SELECT v.*, m.revision FROM manifest_version v JOIN manifest m ON m.name = v.name
      """;

  private ManifestRows() {}

  /** What a version holds beside its columns. */
  record Content(
      String description,
      Manifest.Advance advance,
      Manifest.End end,
      Manifest.Rearm rearm,
      String listName,
      List<String> steps,
      List<FileLine> files) {}

  /** A listed file; the checksum may be null. */
  record FileLine(String key, String path, String sha256) {}

  static List<Manifest> newerThan(Handle handle, long revision) {
    return handle
        .createQuery(SELECT + "AND m.version = v.version WHERE m.revision > :revision")
        .bind("revision", revision)
        .map((r, c) -> read(r, r.getLong("revision")))
        .list();
  }

  static Optional<Manifest> current(Handle handle, String name) {
    return handle
        .createQuery(SELECT + "AND m.version = v.version WHERE m.name = :name")
        .bind("name", name)
        .map((r, c) -> read(r, r.getLong("revision")))
        .findOne();
  }

  /** A version, also of a manifest that was deleted. */
  static Optional<Manifest> version(Handle handle, String name, int version) {
    return handle
        .createQuery("SELECT * FROM manifest_version WHERE name = :name AND version = :version")
        .bind("name", name)
        .bind("version", version)
        .map((r, c) -> read(r, 0))
        .findOne();
  }

  /** The number of the next version; a deleted manifest's numbers are not used again. */
  static int nextVersion(Handle handle, String name) {
    return handle
        .createQuery(
            "SELECT COALESCE(MAX(version), 0) + 1 FROM manifest_version WHERE name = :name")
        .bind("name", name)
        .mapTo(int.class)
        .one();
  }

  static void insert(Handle handle, Manifest m, long revision) {
    handle.execute(
        """
        INSERT INTO manifest_version (name, version, account_id, content, created_at, created_by)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        m.name(),
        m.version(),
        m.account().orElse(null),
        JsonColumn.of(content(m)),
        m.created().atOffset(ZoneOffset.UTC),
        m.createdBy());
    handle.execute("DELETE FROM manifest WHERE name = ?", m.name());
    handle.execute(
        "INSERT INTO manifest (name, version, revision) VALUES (?, ?, ?)",
        m.name(),
        m.version(),
        revision);
    Changes.forgetDeleted(handle, Topic.MANIFESTS, m.name());
  }

  static void delete(Handle handle, String name, long revision) {
    handle.execute("DELETE FROM manifest WHERE name = ?", name);
    Changes.rowDeleted(handle, Topic.MANIFESTS, name, revision);
  }

  static Content content(Manifest m) {
    return new Content(
        m.description(),
        m.advance(),
        m.end(),
        m.rearm(),
        m.listName(),
        m.steps().stream().map(Manifest.Step::path).toList(),
        m.files().stream()
            .map(f -> new FileLine(f.key(), f.path(), f.sha256().orElse(null)))
            .toList());
  }

  private static Manifest read(ResultSet r, long revision) throws SQLException {
    Content c = JsonColumn.read(Content.class, r.getString("content"));
    return new Manifest(
        r.getString("name"),
        r.getInt("version"),
        c.description(),
        Optional.ofNullable(r.getObject("account_id", UUID.class)),
        c.advance(),
        c.end(),
        c.rearm(),
        c.listName(),
        c.steps().stream().map(Manifest.Step::new).toList(),
        c.files().stream()
            .map(f -> new Manifest.ListedFile(f.key(), f.path(), Optional.ofNullable(f.sha256())))
            .toList(),
        r.getObject("created_at", OffsetDateTime.class).toInstant(),
        r.getString("created_by"),
        revision);
  }
}
