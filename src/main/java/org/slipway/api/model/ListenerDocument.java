package org.slipway.api.model;

import java.time.Instant;
import java.util.Map;

/**
 * A listener.
 *
 * @param protocol {@code bootp}, {@code tftp}, {@code ftp} or {@code pxe}
 * @param enabled whether it shall run; the only field that can be changed
 * @param state {@code LISTENING}, {@code STOPPED} or {@code FAILED}
 * @param address what is bound, while it listens
 * @param port what is bound, else what the settings name
 * @param implicitTlsPort the same of its second port, with TLS from the first byte (FTP alone);
 *     null if it has none
 * @param error why it failed
 * @param since of the state
 * @param warning what an administrator should know of what it does
 * @param unanswered how many boot requests were left without an answer since the start, by reason,
 *     by BOOTP and DHCP together; null for other listeners than {@code bootp}
 */
public record ListenerDocument(
    String protocol,
    Boolean enabled,
    String state,
    String address,
    Integer port,
    Integer implicitTlsPort,
    String error,
    Instant since,
    String warning,
    Map<String, Long> unanswered) {}
