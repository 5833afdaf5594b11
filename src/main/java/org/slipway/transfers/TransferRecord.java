package org.slipway.transfers;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** One line of the history. */
public record TransferRecord(
    UUID id,
    TransferDescription description,
    long bytes,
    Instant started,
    Instant ended,
    TransferOutcome outcome,
    Optional<String> reason,
    Optional<String> sha256) {}
