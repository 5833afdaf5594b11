package org.slipway.audit;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;

/**
 * Deletes entries that are older than the setting says, a few at a time so that nobody waits for
 * it. How many, and up to when, is an entry itself.
 */
@Singleton
public final class AuditRetention {
  /** So many rows in one transaction. */
  static final int BATCH = 1000;

  private final Settings settings;
  private final Jdbi jdbi;
  private final AuditTrail trail;
  private final Clock clock;

  @Inject
  public AuditRetention(Settings settings, Jdbi jdbi, AuditTrail trail, Clock clock) {
    this.settings = settings;
    this.jdbi = jdbi;
    this.trail = trail;
    this.clock = clock;
  }

  /** Deletes what is too old now. */
  public void trim() {
    Instant limit = settings.keptSince(PortalSettings.AUDIT_RETENTION, clock.instant());
    long rows = 0;
    int deleted;
    do {
      deleted = jdbi.inTransaction(h -> AuditRows.deleteBefore(h, limit, BATCH));
      rows += deleted;
    } while (deleted == BATCH);
    if (rows > 0) {
      trail.done(
          Who.SYSTEM,
          AuditAction.AUDIT_TRIMMED,
          "",
          AuditValues.of("entries", rows, "until", limit),
          null);
    }
  }
}
