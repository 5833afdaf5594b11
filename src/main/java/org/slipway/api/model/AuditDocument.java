package org.slipway.api.model;

import java.time.Instant;

/**
 * A line of the audit trail.
 *
 * @param actor user name or hardware address; empty where nobody is known
 * @param address from where
 * @param outcome {@code DONE}, {@code REFUSED} or {@code FAILED}
 * @param count how often the same was seen in a row
 */
public record AuditDocument(
    Instant at,
    String actor,
    String address,
    String channel,
    String action,
    String subject,
    String outcome,
    String reason,
    String before,
    String after,
    long count) {}
