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

  /** The request as it would stand in the API; the rest of its address stays as it was sent. */
  static final class ApiRequest extends HttpServletRequestWrapper {
    ApiRequest(HttpServletRequest request) {
      super(request);
    }

    private String moved(String text, String prefix) {
      return prefix + API + text.substring(prefix.length() + HERE.length());
    }

    @Override
    public String getRequestURI() {
      return moved(super.getRequestURI(), getContextPath());
    }

    @Override
    public StringBuffer getRequestURL() {
      String url = super.getRequestURL().toString();
      String site = url.substring(0, url.length() - super.getRequestURI().length());
      return new StringBuffer(site + getRequestURI());
    }

    @Override
    public String getServletPath() {
      return API;
    }

    @Override
    public String getPathInfo() {
      String rest = super.getPathInfo();
      return moved(super.getServletPath() + (rest == null ? "" : rest), "").substring(API.length());
    }
  }
}
