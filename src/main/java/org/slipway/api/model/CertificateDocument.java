package org.slipway.api.model;

import java.time.Instant;
import java.util.List;

/**
 * The certificate that the console shows.
 *
 * @param names host names and addresses that it is for
 * @param fingerprint SHA-256, in upper case with colons
 * @param key kind and size of its key
 * @param state {@code VALID}, {@code SELF_SIGNED}, {@code EXPIRES_SOON} or {@code EXPIRED}
 * @param certificates what is sent in a handshake, as PEM; the key is never shown
 * @param httpsPort where it is shown, while that port is open
 * @param httpsError why that port is not open although the settings name one
 */
public record CertificateDocument(
    String subject,
    String issuer,
    List<String> names,
    String fingerprint,
    String serialNumber,
    String key,
    Instant validFrom,
    Instant validTo,
    boolean selfSigned,
    String state,
    String certificates,
    Integer httpsPort,
    String httpsError) {}
