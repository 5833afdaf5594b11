package org.slipway.transfers;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One line of the history.
 *
 * @param lengthVerified whether the length of a whole upload is proven; empty for what is none
 */
public record TransferRecord(
    UUID id,
    TransferDescription description,
    long bytes,
    Instant started,
    Instant ended,
    TransferOutcome outcome,
    Optional<String> reason,
    Optional<String> sha256,
    Optional<Boolean> lengthVerified) {}
