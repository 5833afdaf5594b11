package org.slipway.api.model;

import java.time.Instant;

/**
 * An address and who has it, or had it last.
 *
 * @param client {@code id:} and the client identifier, or {@code hw:} and hardware type and
 *     address, in hex
 * @param hostName what the client calls itself
 * @param network the one that the address belongs to
 * @param state {@code BOUND}, {@code EXPIRED}, {@code RELEASED} or {@code DECLINED} (found in use
 *     by another machine, and given to nobody for a while)
 * @param since when the client was given it
 * @param renewed when it asked for it last
 * @param end until when nobody else gets it
 */
public record LeaseDocument(
    String address,
    String hardwareAddress,
    String client,
    String hostName,
    String network,
    String state,
    Instant since,
    Instant renewed,
    Instant end) {}
