package org.slipway.signin;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slipway.database.Changes;
import org.slipway.database.Topic;

/** The table {@code second_factor}. */
final class FactorRows {
  private FactorRows() {}

  /**
   * The second factor of an account.
   *
   * @param active whether a right code has been given once; before, it is not asked for
   */
  record Factor(UUID accountId, String sealedSecret, boolean active, Instant since) {}

  static List<Factor> newerThan(Handle handle, long revision) {
    return handle
        .createQuery("SELECT * FROM second_factor WHERE revision > :revision")
        .bind("revision", revision)
        .map((r, c) -> read(r))
        .list();
  }

  static boolean isActive(Handle handle, UUID id) {
    return handle
        .createQuery("SELECT active FROM second_factor WHERE account_id = :id")
        .bind("id", id)
        .mapTo(boolean.class)
        .findOne()
        .orElse(false);
  }

  /** Puts a new secret in the place of one that is not active yet. */
  static void insert(Handle handle, UUID id, String sealedSecret, Instant now, long revision) {
    handle.execute("DELETE FROM second_factor WHERE account_id = ?", id);
    handle.execute(
        """
        INSERT INTO second_factor (account_id, sealed_secret, active, last_step, since, revision)
        VALUES (?, ?, FALSE, 0, ?, ?)
        """,
        id,
        sealedSecret,
        now.atOffset(ZoneOffset.UTC),
        revision);
    Changes.forgetDeleted(handle, Topic.SECOND_FACTORS, id.toString());
  }

  /** Whether this secret was waiting for its first code; it is active now. */
  static boolean activate(
      Handle handle, UUID id, String sealedSecret, long step, Instant now, long revision) {
    return handle.execute(
            """
            UPDATE second_factor SET active = TRUE, last_step = ?, since = ?, revision = ?
            WHERE account_id = ? AND sealed_secret = ? AND active = FALSE
            """,
            step,
            now.atOffset(ZoneOffset.UTC),
            revision,
            id,
            sealedSecret)
        == 1;
  }

  /**
   * Whether no code of this step or a later one was used before; of two at once, one is told so.
   */
  static boolean use(Handle handle, UUID id, long step) {
    return handle.execute(
            "UPDATE second_factor SET last_step = ? WHERE account_id = ? AND last_step < ?",
            step,
            id,
            step)
        == 1;
  }

  static void delete(Handle handle, UUID id, long revision) {
    handle.execute("DELETE FROM recovery_code WHERE account_id = ?", id);
    handle.execute("DELETE FROM second_factor WHERE account_id = ?", id);
    Changes.rowDeleted(handle, Topic.SECOND_FACTORS, id.toString(), revision);
  }

  private static Factor read(ResultSet r) throws SQLException {
    return new Factor(
        r.getObject("account_id", UUID.class),
        r.getString("sealed_secret"),
        r.getBoolean("active"),
        r.getObject("since", OffsetDateTime.class).toInstant());
  }
}
