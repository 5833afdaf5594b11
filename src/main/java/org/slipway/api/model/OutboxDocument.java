package org.slipway.api.model;

import java.time.Instant;

/**
 * A mail that waits, or what became of it; never its text.
 *
 * @param kind what it is about, such as {@code CONFIRMATION}
 * @param state {@code WAITING}, {@code SENT} or {@code FAILED}
 * @param dueAt when it is tried next; null if it has ended
 * @param error what the mail server said last
 */
public record OutboxDocument(
    long id,
    String kind,
    String recipient,
    String state,
    int attempts,
    Instant createdAt,
    Instant dueAt,
    Instant endedAt,
    String error) {}
