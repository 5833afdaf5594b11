package org.slipway.client;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether a session is encrypted, and whose certificate is believed. */
final class TlsOptions {
  @Option(names = "--tls", description = "Encrypt the session (AUTH TLS).")
  private boolean explicit;

  @Option(
      names = "--tls-implicit",
      description = "Encrypt it from the first byte, on a port of its own (port: 990).")
  private boolean implicit;

  @Option(
      names = "--trust",
      paramLabel = "FINGERPRINT",
      description = "SHA-256 fingerprint of a certificate that nobody vouches for, but you.")
  private String trust;

  boolean implicit() {
    return implicit;
  }

  boolean wanted() {
    return explicit || implicit || trust != null;
  }

  /** As the server's certificate is compared with. */
  Optional<String> fingerprint() {
    return ServerTrust.named(trust);
  }
}
