package org.slipway.api;

import java.io.Serial;

/** A request that breaks the rules of HTTP or of this API; the message is for its sender. */
final class BrokenRequestException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;

  BrokenRequestException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }
}
