package org.slipway.api;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

/**
 * The same files, uploads and trash for a browser that is signed in: {@code /my/files/a} is what
 * {@code /api/v1/files/a} is, only that the session says who asks. So a page can do nothing that
 * the API cannot, and each effect stands in one place. Who may come here is for the guard of the
 * pages to say; without it a request has no caller and is refused.
 */
@WebServlet({
  "/my/files",
  "/my/files/*",
  "/my/uploads",
  "/my/uploads/*",
  "/my/trash",
  "/my/trash/*"
})
public class BrowserFiles extends HttpServlet {
  @Serial private static final long serialVersionUID = 1L;
  private static final String HERE = "/my";
  private static final String API = "/api/v1";

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    getServletContext()
        .getNamedDispatcher(RestApplication.class.getName())
        .forward(new ApiRequest(request), response);
  }

  /**
   * The request as it would stand in the API; the rest of its address stays as it was sent. Read
   * once, because the container puts its own view of the request under this one.
   */
  static final class ApiRequest extends HttpServletRequestWrapper {
    private final String uri;
    private final String url;
    private final String pathInfo;

    ApiRequest(HttpServletRequest request) {
      super(request);
      String prefix = request.getContextPath();
      String raw = request.getRequestURI();
      String sent = request.getRequestURL().toString();
      String rest = request.getPathInfo() == null ? "" : request.getPathInfo();
      uri = prefix + API + raw.substring(prefix.length() + HERE.length());
      url = sent.substring(0, sent.length() - raw.length()) + uri;
      pathInfo = request.getServletPath().substring(HERE.length()) + rest;
    }

    @Override
    public String getRequestURI() {
      return uri;
    }

    @Override
    public StringBuffer getRequestURL() {
      return new StringBuffer(url);
    }

    @Override
    public String getServletPath() {
      return API;
    }

    @Override
    public String getPathInfo() {
      return pathInfo;
    }
  }
}
