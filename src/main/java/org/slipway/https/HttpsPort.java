package org.slipway.https;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.certificates.CertificateState;
import org.slipway.certificates.ServerCertificate;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;

/** The encrypted port of the console: open, off, or why it is not open. */
@Singleton
public final class HttpsPort {
  private static final Logger LOG = Logger.getLogger(HttpsPort.class.getName());

  private final Settings settings;
  private final ServerCertificate certificate;
  private final HttpsConnector connector;
  private volatile boolean tried;
  private volatile Optional<Integer> open = Optional.empty();
  private volatile Optional<String> error = Optional.empty();

  @Inject
  HttpsPort(Settings settings, ServerCertificate certificate, HttpsConnector connector) {
    this.settings = settings;
    this.certificate = certificate;
    this.connector = connector;
  }

  /** Opens the port that the settings name, if any; whatever is wrong, the portal goes on. */
  public void start() {
    settings.get(PortalSettings.HTTPS_PORT).ifPresent(this::start);
    tried = true;
  }

  /** Whether nothing is left to be opened. */
  public boolean isSettled() {
    return tried || settings.get(PortalSettings.HTTPS_PORT).isEmpty();
  }

  private void start(int port) {
    try {
      requireFree(port);
      connector.open(port, certificate.keyManager());
      open = Optional.of(port);
      LOG.info(() -> "HTTPS listens on port " + port + ": " + certificate.facts());
    } catch (HttpsConnector.UnavailableException e) {
      error = Optional.of(e.getMessage());
      LOG.log(Level.SEVERE, e.getMessage(), e.getCause());
    }
  }

  /** The container only writes to its log that it could not bind a port. */
  private static void requireFree(int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress((InetAddress) null, port));
    } catch (IOException e) {
      throw new HttpsConnector.UnavailableException(
          "HTTPS cannot listen on port %d: %s; slipway.https.port names another"
              .formatted(
                  port,
                  port < 1024 ? "it needs a privilege, or is taken" : "another program has it"),
          null);
    }
  }

  public void stop() {
    open = Optional.empty();
    connector.close();
  }

  /** The port, while it is open. */
  public Optional<Integer> port() {
    return open;
  }

  /** Why it is not open although the settings name one. */
  public Optional<String> error() {
    return error;
  }

  /** Whether pages that are asked for without encryption are sent here. */
  public boolean isRedirecting() {
    return open.isPresent() && settings.get(PortalSettings.HTTPS_REDIRECT);
  }

  /**
   * Whether browsers are told to come back by encryption alone. Only where everybody is sent here
   * anyway, and never with a certificate that a browser does not trust by itself: it would lock
   * people out with no way around.
   */
  public boolean isStrict() {
    CertificateState state = certificate.state();
    return isRedirecting()
        && (state == CertificateState.VALID
            || state == CertificateState.EXPIRES_SOON && !certificate.facts().selfSigned());
  }
}
