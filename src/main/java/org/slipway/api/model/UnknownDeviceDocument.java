package org.slipway.api.model;

import java.time.Instant;

/**
 * A device that asked and that nobody has entered.
 *
 * @param from the address its last request came from
 */
public record UnknownDeviceDocument(
    String hardwareAddress, Instant firstSeen, Instant lastSeen, long count, String from) {}
