package org.slipway.ftp;

import java.io.IOException;

/** An upload ended before all of it had come; the message is what the client is told. */
final class TruncatedUploadException extends IOException {
  private static final long serialVersionUID = 1L;

  TruncatedUploadException(long announced, long whole) {
    super(
        "ALLO announced %d bytes and the connection ended at %d; nothing was stored."
            .formatted(announced, whole));
  }
}
