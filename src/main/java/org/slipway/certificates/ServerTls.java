package org.slipway.certificates;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** TLS as the portal speaks it on every port: its certificate, its versions and its suites. */
@Singleton
public final class ServerTls {
  /** Suites with forward secrecy and authenticated encryption alone (RFC 9325 section 4.2). */
  public static final List<String> CIPHER_SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  private final ServerCertificate certificate;

  @Inject
  public ServerTls(ServerCertificate certificate) {
    this.certificate = certificate;
  }

  /**
   * A context with the portal's key and with sessions of its own: what was agreed on in one context
   * can be resumed in no other.
   */
  public SSLContext newContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {certificate.keyManager()}, new TrustManager[0], null);
      return context;
    } catch (NoSuchAlgorithmException | KeyManagementException e) {
      throw new IllegalStateException("the platform has no TLS", e);
    }
  }

  /**
   * The server's side of one connection.
   *
   * @param protocol the one name of ALPN (RFC 7301) that is spoken here; a client that names others
   *     alone is cut off, one that names none is served
   */
  public static SSLEngine engine(SSLContext context, String protocol) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(VERSIONS);
    parameters.setCipherSuites(CIPHER_SUITES.toArray(String[]::new));
    parameters.setUseCipherSuitesOrder(true);
    engine.setSSLParameters(parameters);
    engine.setHandshakeApplicationProtocolSelector(
        (e, named) -> named.contains(protocol) ? protocol : null);
    return engine;
  }
}
