package org.slipway.api.model;

import java.time.Instant;

/**
 * A device that asked and that nobody has entered.
 *
 * @param vendor who made its network card; null if that is not known
 * @param from the address its last request came from
 */
public record UnknownDeviceDocument(
    String hardwareAddress,
    String vendor,
    Instant firstSeen,
    Instant lastSeen,
    long count,
    String from) {}
