package org.slipway.web;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slipway.https.HttpsPort;

/**
 * Sends whoever asks for a page without encryption to the encrypted port, where {@code
 * slipway.https.redirect} says so. Devices and programs are left alone: they follow no redirection.
 * A proxy that we trust has encrypted the way to the reader already.
 */
public class ToHttps extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final int DEFAULT_PORT = 443;

  @Inject private transient HttpsPort https;
  @Inject private transient ClientAddress clients;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.isSecure() || !https.isRedirecting() || clients.isProxy(request)) {
      chain.doFilter(request, response);
    } else if (PageGuard.isReading(request)) {
      response.setStatus(HttpServletResponse.SC_TEMPORARY_REDIRECT);
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("Location", target(request));
    } else {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }
  }

  private String target(HttpServletRequest request) {
    int port = https.port().orElse(DEFAULT_PORT);
    String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
    return "https://"
        + request.getServerName()
        + (port == DEFAULT_PORT ? "" : ":" + port)
        + request.getRequestURI()
        + query;
  }
}
