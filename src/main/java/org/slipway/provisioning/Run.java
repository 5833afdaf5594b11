package org.slipway.provisioning;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One pass of one device through one version of its manifest, as it stands in the database.
 *
 * @param deliveredSteps how many steps are proven delivered: the next one has this index
 * @param ended empty while it is open
 */
public record Run(
    UUID id,
    HardwareAddress hardwareAddress,
    String manifest,
    int version,
    int deliveredSteps,
    Instant started,
    Instant lastSeen,
    Optional<Instant> ended,
    Optional<String> endReason) {}
