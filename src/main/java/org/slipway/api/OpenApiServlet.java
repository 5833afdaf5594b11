package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;

/** The description of the API (OpenAPI 3), made from the resources when the portal is built. */
@WebServlet({"/openapi", "/openapi/*"})
public class OpenApiServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1L;
  private static final String DOCUMENT = "/org/slipway/api/openapi.json";

  private final transient ServletAccess access;

  @Inject
  public OpenApiServlet(ServletAccess access) {
    this.access = access;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getPathInfo() != null) {
      Problems.send(response, Problems.of(404, "There is nothing at this address"));
      return;
    }
    if (!access.allows(request, response)) {
      return;
    }
    try (InputStream document = OpenApiServlet.class.getResourceAsStream(DOCUMENT)) {
      if (document == null) {
        throw new FileNotFoundException(DOCUMENT);
      }
      response.setHeader("Cache-Control", "no-store");
      response.setContentType("application/json");
      document.transferTo(response.getOutputStream());
    }
  }
}
