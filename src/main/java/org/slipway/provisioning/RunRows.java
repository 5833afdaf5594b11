package org.slipway.provisioning;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The table {@code device_run}. */
final class RunRows {
  private RunRows() {}

  static List<Run> open(Handle handle) {
    return handle
        .createQuery("SELECT * FROM device_run WHERE state = 'OPEN' ORDER BY started_at")
        .map((r, c) -> read(r))
        .list();
  }

  static List<Run> latest(Handle handle, HardwareAddress mac, int limit) {
    return handle
        .createQuery(
            """
            SELECT * FROM device_run WHERE hardware_address = :mac ORDER BY started_at DESC
            FETCH FIRST :limit ROWS ONLY
            """)
        .bind("mac", mac.text())
        .bind("limit", limit)
        .map((r, c) -> read(r))
        .list();
  }

  static void insert(Handle handle, Run run) {
    handle.execute(
        """
        INSERT INTO device_run (id, hardware_address, manifest, version, delivered_steps, state,
          started_at, last_seen) VALUES (?, ?, ?, ?, ?, 'OPEN', ?, ?)
        """,
        run.id(),
        run.hardwareAddress().text(),
        run.manifest(),
        run.version(),
        run.deliveredSteps(),
        utc(run.started()),
        utc(run.lastSeen()));
  }

  /** A step that is delivered a second time, late, takes nothing back. */
  static void delivered(Handle handle, UUID id, int steps, Instant at) {
    handle.execute(
        "UPDATE device_run SET delivered_steps = GREATEST(delivered_steps, ?), last_seen = ?"
            + " WHERE id = ?",
        steps,
        utc(at),
        id);
  }

  static void seen(Handle handle, UUID id, Instant at) {
    handle.execute("UPDATE device_run SET last_seen = ? WHERE id = ?", utc(at), id);
  }

  static void end(Handle handle, UUID id, Instant at, String reason) {
    handle.execute(
        "UPDATE device_run SET state = 'ENDED', ended_at = ?, end_reason = ? WHERE id = ?",
        utc(at),
        reason,
        id);
  }

  /** When this instance was alive the last time before now. */
  static Optional<Instant> aliveAt(Handle handle, String instance) {
    return handle
        .createQuery("SELECT alive_at FROM instance WHERE id = :id")
        .bind("id", instance)
        .map((r, c) -> r.getObject("alive_at", OffsetDateTime.class).toInstant())
        .findOne();
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Run read(ResultSet r) throws SQLException {
    return new Run(
        r.getObject("id", UUID.class),
        new HardwareAddress(r.getString("hardware_address")),
        r.getString("manifest"),
        r.getInt("version"),
        r.getInt("delivered_steps"),
        r.getObject("started_at", OffsetDateTime.class).toInstant(),
        r.getObject("last_seen", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(r.getObject("ended_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        Optional.ofNullable(r.getString("end_reason")));
  }
}
