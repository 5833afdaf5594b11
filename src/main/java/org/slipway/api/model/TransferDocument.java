package org.slipway.api.model;

import java.time.Instant;

/**
 * A transfer that has ended.
 *
 * @param direction {@code UP} or {@code DOWN} as the peer sees it
 * @param outcome {@code COMPLETE}, {@code ABORTED}, {@code REFUSED} or {@code FAILED}
 * @param lengthVerified of a whole upload: whether its length is proven, by a protocol that says
 *     where a file ends or by a length that was announced; else null
 */
public record TransferDocument(
    String id,
    String protocol,
    String account,
    String device,
    String peer,
    String direction,
    String path,
    long bytes,
    Instant started,
    Instant ended,
    String outcome,
    String reason,
    String sha256,
    Boolean lengthVerified) {}
