package org.slipway.client;

import java.io.IOException;
import org.apache.commons.net.ftp.FTP;

/** The server answered that it does not do what it was asked for: to ask again would not help. */
class FtpRefusedException extends IOException {
  private final int code;

  /** The last reply of a connection. */
  FtpRefusedException(FTP connection) {
    super(Text.of("the server said %s", reply(connection)));
    this.code = connection.getReplyCode();
  }

  static String reply(FTP connection) {
    String text = connection.getReplyString();
    return text == null ? Text.of("nothing") : "\"%s\"".formatted(Printable.of(text.strip()));
  }

  /** The reply code (RFC 959 section 4.2). */
  int code() {
    return code;
  }

  /** A 4yz reply says that the same may succeed later (RFC 959 section 4.2.1). */
  boolean isTransient() {
    return code / 100 == 4;
  }
}
