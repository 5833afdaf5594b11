package org.slipway.https;

import javax.net.ssl.X509ExtendedKeyManager;

/** What opens an encrypted port of the container behind which the portal answers. */
interface HttpsConnector {

  /**
   * Opens the port for TLS 1.2 and 1.3 with the keys that the key manager names at each handshake.
   *
   * @throws UnavailableException if that cannot be, with a sentence that says why
   */
  void open(int port, X509ExtendedKeyManager keys);

  /** Forgets the key manager when the portal ends. */
  void close();

  /** The port cannot be opened; the message is for people. */
  final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnavailableException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
