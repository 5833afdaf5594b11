package org.slipway.api.model;

import java.time.Instant;

/**
 * Something that is open now: a session of the console or of FTP, or a transfer of any protocol.
 *
 * @param kind {@code SESSION} or {@code TRANSFER}
 * @param account user name, where one is logged in
 * @param device hardware address, where one is known
 * @param peer address of the other side
 * @param direction {@code UP} or {@code DOWN} as the peer sees it; null for a session
 * @param bytes moved so far
 * @param expectedBytes where known
 * @param bytesPerSecond since the start
 * @param lastUsed when a session of the console was used last
 * @param client the browser of a session of the console
 */
public record SessionDocument(
    String id,
    String kind,
    String protocol,
    String account,
    String device,
    String peer,
    String direction,
    String path,
    Long bytes,
    Long expectedBytes,
    Long bytesPerSecond,
    Instant started,
    Instant lastUsed,
    String client) {}
