package org.slipway.ftp;

import java.io.IOException;

/** The data connection was not opened; the message is what the client is told. */
final class NoDataConnectionException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int code;

  NoDataConnectionException(String message) {
    this(425, message);
  }

  NoDataConnectionException(int code, String message) {
    super(message);
    this.code = code;
  }

  /** Of the reply. */
  int code() {
    return code;
  }
}
