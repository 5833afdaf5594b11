package org.slipway.ftp;

import java.io.IOException;

/** The data connection was not opened; the message is what the client is told. */
final class NoDataConnectionException extends IOException {
  private static final long serialVersionUID = 1L;

  NoDataConnectionException(String message) {
    super(message);
  }
}
