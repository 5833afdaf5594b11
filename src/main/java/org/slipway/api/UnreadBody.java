package org.slipway.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is left of the body of a request that is refused. A client that is still sending reads no
 * answer, and loses it when the connection is closed on what it sent (RFC 9112 section 9.6).
 */
final class UnreadBody {
  private static final Logger LOG = Logger.getLogger(UnreadBody.class.getName());
  private static final String BEGUN = UnreadBody.class.getName();
  private static final String LEFT = BEGUN + ".left";
  private static final long MOST = 256L << 20;

  private UnreadBody() {}

  /** Notes that the body is being read, so that a client that waits to be asked was asked. */
  static InputStream begin(HttpServletRequest request) throws IOException {
    request.setAttribute(BEGUN, true);
    return request.getInputStream();
  }

  /** Notes that nobody waits for the rest: the transfer was ended from outside. */
  static void leave(HttpServletRequest request) {
    request.setAttribute(LEFT, true);
  }

  /** Reads what is on its way already; leaves it where the client still waits (section 10.1.1). */
  static void skip(HttpServletRequest request) {
    boolean waits = request.getHeader("Expect") != null && request.getAttribute(BEGUN) == null;
    if (waits || request.getAttribute(LEFT) != null) {
      return;
    }
    byte[] scrap = new byte[64 << 10];
    try {
      InputStream in = request.getInputStream();
      long left = MOST;
      int n;
      while (left > 0 && (n = in.read(scrap)) >= 0) {
        left -= n;
      }
    } catch (IOException | IllegalStateException e) {
      LOG.log(Level.FINE, "The rest of a refused request did not come", e);
    }
  }
}
