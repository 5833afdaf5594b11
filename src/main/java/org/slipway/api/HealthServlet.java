package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import org.slipway.startup.Portal;

/**
 * Whether the portal lives and is ready, for those who start and balance it. Says so by the status
 * alone: nobody is logged in here.
 */
@WebServlet("/health/*")
public class HealthServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Portal portal;

  @Inject
  public HealthServlet(Portal portal) {
    this.portal = portal;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (String.valueOf(request.getPathInfo())) {
      case "/live" -> answer(response, true);
      case "/ready" -> answer(response, portal.isReady());
      default -> Problems.send(response, Problems.of(404, "There is nothing at this address"));
    }
  }

  private static void answer(HttpServletResponse response, boolean up) throws IOException {
    response.setStatus(up ? 200 : 503);
    response.setHeader("Cache-Control", "no-store");
    response.setContentType("application/json");
    response.getOutputStream().print(up ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}");
  }
}
