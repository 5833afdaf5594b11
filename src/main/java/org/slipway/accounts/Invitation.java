package org.slipway.accounts;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Lets whoever has its code register without an approval.
 *
 * @param createdBy the account of the administrator; it counts only as long as he is one
 * @param quotaBytes of the account that it makes; empty is unlimited
 * @param email of the one who is invited; the account gets it
 * @param mostUses how many accounts it makes
 */
public record Invitation(
    UUID id,
    UUID createdBy,
    Role role,
    Optional<Long> quotaBytes,
    Optional<Long> quotaFiles,
    Optional<String> email,
    int mostUses,
    int uses,
    Instant createdAt,
    Instant expiresAt) {

  public boolean isOpen(Instant now) {
    return uses < mostUses && now.isBefore(expiresAt);
  }
}
