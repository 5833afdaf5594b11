package org.slipway.web;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slipway.https.HttpsPort;

/**
 * Headers that every answer has, errors too. What is no page may show and run nothing at all: a
 * stored file that a browser opens is inert. The Content-Security-Policy of a page is written with
 * it and takes the place of that one, because its nonce is made there (web.xml has the policy).
 */
public class SecurityHeaders extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final long ONE_YEAR = 31_536_000;
  private static final String CONTENT_POLICY = "Content-Security-Policy";
  private static final Map<String, String> ALWAYS =
      Map.of(
          CONTENT_POLICY,
          "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
              + " sandbox",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Permissions-Policy",
          "camera=(), microphone=(), geolocation=(), payment=(), usb=()");

  @Inject private transient HttpsPort https;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Map<String, String> headers = new LinkedHashMap<>(ALWAYS);
    if (request.isSecure() && https.isStrict()) {
      headers.put("Strict-Transport-Security", "max-age=" + ONE_YEAR);
    }
    chain.doFilter(request, new Guarded(response, headers));
  }

  /** Keeps the headers where a servlet begins its answer anew. */
  private static final class Guarded extends HttpServletResponseWrapper {
    private final Map<String, String> headers;

    Guarded(HttpServletResponse response, Map<String, String> headers) {
      super(response);
      this.headers = headers;
      write();
    }

    private void write() {
      headers.forEach(super::setHeader);
    }

    @Override
    public void reset() {
      super.reset();
      write();
    }

    /** Two policies would both be obeyed. */
    @Override
    public void addHeader(String name, String value) {
      if (name.equalsIgnoreCase(CONTENT_POLICY)) {
        setHeader(name, value);
      } else {
        super.addHeader(name, value);
      }
    }
  }
}
