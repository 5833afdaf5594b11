package org.slipway.api.model;

import java.util.List;

/**
 * What to do with the certificate.
 *
 * @param op {@code self-signed}
 * @param names host names and addresses; none: those of this machine
 */
public record CertificateOperation(String op, List<String> names) {}
