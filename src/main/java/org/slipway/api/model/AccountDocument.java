package org.slipway.api.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * An account.
 *
 * @param id never changes; read only
 * @param password taken when an account is made or gets a new one, never given
 * @param status {@code PENDING}, {@code ACTIVE}, {@code SUSPENDED} or {@code REJECTED}
 * @param roles of {@code ADMIN}, {@code OPERATOR}, {@code USER}
 * @param quotaBytes null is unlimited
 * @param quotaFiles null is unlimited
 * @param usedBytes read only
 * @param usedFiles read only
 * @param trafficDayBytes moved this day of UTC in both directions; read only
 * @param trafficMonthBytes moved this month of UTC in both directions; read only
 * @param maxSessions null is as many as the listener takes
 * @param onConflict {@code OVERWRITE}, {@code REJECT} or {@code RENAME}
 * @param expiresAt null is never
 * @param groups names; an earlier one is asked first
 * @param permissions what it may do in its home in the end, of {@code LIST}, {@code READ}, {@code
 *     WRITE}, {@code OVERWRITE}, {@code DELETE}, {@code RENAME}, {@code MAKE_FOLDER}; a change
 *     stands in {@code access}
 * @param access what the account says itself; what it leaves out is said by its groups
 * @param createdAt read only
 * @param lockedUntil while failed sign-ins lock it out or slow it down somewhere; read only
 */
public record AccountDocument(
    String id,
    String username,
    @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) String password,
    String email,
    String displayName,
    String status,
    String statusReason,
    List<String> roles,
    Long quotaBytes,
    Long quotaFiles,
    Long usedBytes,
    Long usedFiles,
    Long trafficDayBytes,
    Long trafficMonthBytes,
    Integer maxSessions,
    String onConflict,
    Instant expiresAt,
    List<String> groups,
    List<String> permissions,
    AccessDocument access,
    String language,
    Instant createdAt,
    Instant lockedUntil) {
  @Override
  public String toString() {
    return "AccountDocument[" + username + "]";
  }
}
