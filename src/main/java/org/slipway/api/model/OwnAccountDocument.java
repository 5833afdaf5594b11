package org.slipway.api.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * The caller's own account. Only {@code email}, {@code displayName}, {@code language} and {@code
 * password} may be changed.
 *
 * @param trafficDayBytes moved this day of UTC in both directions, of {@code trafficPerDay}
 * @param trafficMonthBytes moved this month of UTC in both directions, of {@code trafficPerMonth}
 * @param password a new one, never given; needs {@code currentPassword}
 * @param keepTokens whether the tokens outlive a new password; they do unless this is false
 */
public record OwnAccountDocument(
    String id,
    String username,
    @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) String password,
    @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) String currentPassword,
    @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) Boolean keepTokens,
    String email,
    String displayName,
    String status,
    List<String> roles,
    Long quotaBytes,
    Long quotaFiles,
    Long usedBytes,
    Long usedFiles,
    Long trafficDayBytes,
    Long trafficMonthBytes,
    Long trafficPerDay,
    Long trafficPerMonth,
    Integer maxSessions,
    String onConflict,
    Instant expiresAt,
    List<String> permissions,
    String language,
    Instant createdAt) {
  @Override
  public String toString() {
    return "OwnAccountDocument[" + username + "]";
  }
}
