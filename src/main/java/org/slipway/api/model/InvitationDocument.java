package org.slipway.api.model;

import java.time.Instant;

/**
 * An invitation.
 *
 * @param id read only
 * @param role {@code USER}, {@code OPERATOR} or {@code ADMIN}; absent is {@code USER}
 * @param quotaBytes of the accounts that it makes; null is unlimited, absent the usual quota
 * @param quotaFiles likewise
 * @param email of the one who is invited; mailed where there is a mail server
 * @param uses how many accounts it makes; absent is 1
 * @param used how many it has made; read only
 * @param expiresAt absent is in 7 days
 * @param createdAt read only
 * @param createdBy user name of the administrator; read only
 * @param code given once, when it is made
 * @param link where it is taken up, with the code; given once
 * @param mailed whether it was mailed; given once
 */
public record InvitationDocument(
    String id,
    String role,
    Long quotaBytes,
    Long quotaFiles,
    String email,
    Integer uses,
    Integer used,
    Instant expiresAt,
    Instant createdAt,
    String createdBy,
    String code,
    String link,
    Boolean mailed) {
  @Override
  public String toString() {
    return "InvitationDocument[" + id + "]";
  }
}
