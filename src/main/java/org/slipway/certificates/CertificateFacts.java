package org.slipway.certificates;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What anybody may know of a certificate.
 *
 * @param names host names and addresses that it is for
 * @param fingerprint SHA-256 of the certificate, as browsers and openssl show it
 * @param key kind and size of its key, such as {@code EC 256}
 * @param chainLength number of certificates that are sent, this one included
 */
public record CertificateFacts(
    String subject,
    String issuer,
    List<String> names,
    String fingerprint,
    String serialNumber,
    String key,
    Instant validFrom,
    Instant validTo,
    boolean selfSigned,
    int chainLength) {
  private static final Duration SOON = Duration.ofDays(30);
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  static CertificateFacts of(KeyEntry entry) {
    X509Certificate leaf = entry.leaf();
    return new CertificateFacts(
        leaf.getSubjectX500Principal().getName(),
        leaf.getIssuerX500Principal().getName(),
        names(leaf),
        fingerprint(leaf),
        leaf.getSerialNumber().toString(16),
        key(leaf),
        leaf.getNotBefore().toInstant(),
        leaf.getNotAfter().toInstant(),
        leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal()),
        entry.chain().size());
  }

  public CertificateState state(Instant now) {
    if (!now.isBefore(validTo)) {
      return CertificateState.EXPIRED;
    }
    if (!now.plus(SOON).isBefore(validTo)) {
      return CertificateState.EXPIRES_SOON;
    }
    return selfSigned ? CertificateState.SELF_SIGNED : CertificateState.VALID;
  }

  private static List<String> names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(
                  n -> Objects.equals(n.get(0), DNS_NAME) || Objects.equals(n.get(0), IP_ADDRESS))
              .map(n -> String.valueOf(n.get(1)))
              .toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String key(X509Certificate certificate) {
    return switch (certificate.getPublicKey()) {
      case RSAPublicKey rsa -> "RSA " + rsa.getModulus().bitLength();
      case ECPublicKey ec -> "EC " + ec.getParams().getOrder().bitLength();
      case java.security.PublicKey other -> other.getAlgorithm();
    };
  }

  /** In one line, for the audit trail and the log. */
  @Override
  public String toString() {
    return String.join(
        ", ", Stream.of(subject, "SHA-256 " + fingerprint, "valid to " + validTo).toList());
  }
}
