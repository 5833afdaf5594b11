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
 * @param path of the file; of a session, the folder in which it is
 * @param bytesPerSecond over the last five seconds
 * @param lastUsed when the last command or byte of a session came; since then it is idle
 * @param client the program at the other side of a session, where it says what it is
 * @param tls how a session is encrypted, such as {@code TLSv1.3}; null if it is not
 * @param command what a session of FTP asked for last
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
    String client,
    String tls,
    String command) {}
