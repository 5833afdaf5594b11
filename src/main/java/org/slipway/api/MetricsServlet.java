package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import org.slipway.accounts.Action;

/** Figures for a monitoring system, as Prometheus reads them. */
@WebServlet({"/metrics", "/metrics/*"})
public class MetricsServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1L;

  private final transient ServletAccess access;
  private final transient PortalMetrics metrics;

  @Inject
  public MetricsServlet(ServletAccess access, PortalMetrics metrics) {
    this.access = access;
    this.metrics = metrics;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getPathInfo() != null) {
      Problems.send(response, Problems.of(404, "There is nothing at this address"));
      return;
    }
    if (access.allows(request, response, Action.SEE_LISTENERS)) {
      byte[] page = metrics.page().getBytes(StandardCharsets.UTF_8);
      response.setHeader("Cache-Control", "no-store");
      response.setContentType("text/plain; version=0.0.4; charset=utf-8");
      response.setContentLength(page.length);
      response.getOutputStream().write(page);
    }
  }
}
