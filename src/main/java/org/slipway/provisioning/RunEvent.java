package org.slipway.provisioning;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that happened in a run, or to a device outside of one.
 *
 * @param last when it happened the last time
 * @param bytes moved the last time
 * @param count how often
 */
public record RunEvent(
    Optional<UUID> run,
    HardwareAddress hardwareAddress,
    Instant at,
    Instant last,
    String protocol,
    String kind,
    Optional<String> path,
    long bytes,
    long count,
    Optional<String> reason) {}
