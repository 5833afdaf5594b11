package org.slipway.client;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which certificates of a server are believed: what the platform's authorities vouch for, under the
 * name that the user gave; and those whose fingerprint the user named.
 */
final class ServerTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager authorities;
  private final Set<String> fingerprints;

  /**
   * @param fingerprints SHA-256 of certificates, as {@link #fingerprint} writes them
   */
  ServerTrust(Set<String> fingerprints) {
    this.fingerprints = Set.copyOf(fingerprints);
    this.authorities = platform();
  }

  private static X509ExtendedTrustManager platform() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      for (TrustManager each : factory.getTrustManagers()) {
        if (each instanceof X509ExtendedTrustManager manager) {
          return manager;
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException("the platform has no trust manager");
  }

  /** Of one session: its data connections may resume it, and nobody else can. */
  SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {this}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Pairs of upper-case hexadecimal digits with colons between them, as OpenSSL writes them. */
  static String fingerprint(X509Certificate certificate) throws CertificateEncodingException {
    MessageDigest digest = Checksums.sha256();
    return HexFormat.ofDelimiter(":")
        .withUpperCase()
        .formatHex(digest.digest(certificate.getEncoded()));
  }

  /** As a user may write one: with or without colons and {@code SHA256:}; empty if it is none. */
  static Optional<String> read(String text) {
    String digits =
        text.strip()
            .toUpperCase(Locale.ROOT)
            .replaceFirst("^SHA-?256[:=]", "")
            .replaceAll("[: ]", "");
    return digits.matches("[0-9A-F]{64}")
        ? Optional.of(String.join(":", digits.split("(?<=\\G..)")))
        : Optional.empty();
  }

  /**
   * A fingerprint that the user gave; empty if there is none.
   *
   * @throws CommandFailedException if it is no fingerprint
   */
  static Optional<String> named(String text) {
    return Optional.ofNullable(text)
        .map(given ->
            read(given)
                .orElseThrow(() ->
                    new CommandFailedException(
                        ExitCode.USAGE,
                        Text.of(
                            "\"%s\" is no SHA-256 fingerprint: 64 hexadecimal digits, with"
                                + " or without colons.",
                            Printable.of(given)))));
  }

  private interface Check {
    void run() throws CertificateException;
  }

  private void check(X509Certificate[] chain, Check byAuthorities) throws CertificateException {
    String fingerprint = fingerprint(chain[0]);
    if (fingerprints.contains(fingerprint)) {
      return;
    }
    try {
      byAuthorities.run();
    } catch (CertificateException e) {
      throw new UnknownCertificateException(fingerprint, chain[0], e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain, () -> authorities.checkServerTrusted(chain, type));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain, () -> authorities.checkServerTrusted(chain, type, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain, () -> authorities.checkServerTrusted(chain, type, engine));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    authorities.checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    authorities.checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    authorities.checkClientTrusted(chain, type, engine);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.getAcceptedIssuers();
  }

  /** Nobody vouches for the server. */
  static final class UnknownCertificateException extends CertificateException {
    private final String fingerprint;
    private final String subject;
    private final String expires;

    private UnknownCertificateException(
        String fingerprint, X509Certificate certificate, CertificateException cause) {
      super(cause.getMessage(), cause);
      this.fingerprint = fingerprint;
      this.subject = certificate.getSubjectX500Principal().getName();
      this.expires = certificate.getNotAfter().toInstant().toString().substring(0, 10);
    }

    /** Among the causes of a handshake that failed. */
    static Optional<UnknownCertificateException> in(Throwable failure) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof UnknownCertificateException unknown) {
          return Optional.of(unknown);
        }
      }
      return Optional.empty();
    }

    String fingerprint() {
      return fingerprint;
    }

    String subject() {
      return subject;
    }

    /** Its last day, {@code 2027-01-31}. */
    String expires() {
      return expires;
    }
  }
}
