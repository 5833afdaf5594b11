package org.slipway.api.model;

import java.time.Instant;
import java.util.List;

/**
 * A token of the caller's account.
 *
 * @param scopes such as {@code files:read}
 * @param expiresAt null when one is made: after 90 days
 * @param state {@code ACTIVE}, {@code EXPIRED} or {@code REVOKED} by a new password; read only
 * @param token the text to be sent as {@code Authorization: Bearer}; only in the answer that tells
 *     of its making
 */
public record TokenDocument(
    String id,
    String name,
    List<String> scopes,
    Instant createdAt,
    Instant expiresAt,
    String state,
    Instant lastUsedAt,
    String lastUsedAddress,
    String token) {
  @Override
  public String toString() {
    return "TokenDocument[" + id + "]";
  }
}
