package org.slipway.bootfiles;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;
import org.slipway.database.Changes;
import org.slipway.database.Topic;

/** The table {@code remap_rule}. */
final class RemapRuleRows {
  private RemapRuleRows() {}

  static List<RemapRule> newerThan(Handle handle, long revision) {
    return handle
        .createQuery("SELECT * FROM remap_rule WHERE revision > :revision")
        .bind("revision", revision)
        .map((r, c) -> read(r))
        .list();
  }

  static List<RemapRule> inOrder(Handle handle) {
    return handle
        .createQuery("SELECT * FROM remap_rule ORDER BY place, name")
        .map((r, c) -> read(r))
        .list();
  }

  static void write(Handle handle, RemapRule rule, long revision) {
    handle.execute("DELETE FROM remap_rule WHERE name = ?", rule.name());
    handle.execute(
        """
        INSERT INTO remap_rule (name, place, pattern, network, device, architecture, rule_action,
          target, proceed, unless_exists, enabled, revision)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        rule.name(),
        rule.position(),
        rule.pattern(),
        rule.network().orElse(null),
        rule.device().orElse(null),
        rule.architecture().isPresent() ? rule.architecture().getAsInt() : null,
        rule.action().name(),
        rule.target(),
        rule.proceed(),
        rule.unlessExists(),
        rule.enabled(),
        revision);
    Changes.forgetDeleted(handle, Topic.REMAP_RULES, rule.name());
  }

  static void delete(Handle handle, String name, long revision) {
    handle.execute("DELETE FROM remap_rule WHERE name = ?", name);
    Changes.rowDeleted(handle, Topic.REMAP_RULES, name, revision);
  }

  private static RemapRule read(ResultSet r) throws SQLException {
    int architecture = r.getInt("architecture");
    OptionalInt needed = r.wasNull() ? OptionalInt.empty() : OptionalInt.of(architecture);
    return new RemapRule(
        r.getString("name"),
        r.getInt("place"),
        r.getString("pattern"),
        Optional.ofNullable(r.getString("network")),
        Optional.ofNullable(r.getString("device")),
        needed,
        RemapRule.Action.valueOf(r.getString("rule_action")),
        r.getString("target"),
        r.getBoolean("proceed"),
        r.getBoolean("unless_exists"),
        r.getBoolean("enabled"),
        r.getLong("revision"));
  }
}
