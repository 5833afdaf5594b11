package org.slipway.transfers;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.AuditValues;
import org.slipway.audit.Who;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;

/** Deletes transfers from the history that are older than the setting says, a few at a time. */
@Singleton
public final class TransferRetention {
  /** So many rows in one transaction. */
  static final int BATCH = 1000;

  private final Settings settings;
  private final Jdbi jdbi;
  private final AuditTrail audit;
  private final Clock clock;

  @Inject
  public TransferRetention(Settings settings, Jdbi jdbi, AuditTrail audit, Clock clock) {
    this.settings = settings;
    this.jdbi = jdbi;
    this.audit = audit;
    this.clock = clock;
  }

  /** Deletes what is too old now. */
  public void trim() {
    Instant limit = settings.keptSince(PortalSettings.TRANSFERS_RETENTION, clock.instant());
    long rows = 0;
    int deleted;
    do {
      deleted = jdbi.inTransaction(h -> TransferRows.deleteBefore(h, limit, BATCH));
      rows += deleted;
    } while (deleted == BATCH);
    if (rows > 0) {
      audit.done(
          Who.SYSTEM,
          AuditAction.TRANSFERS_TRIMMED,
          "",
          AuditValues.of("transfers", rows, "until", limit),
          null);
    }
  }
}
