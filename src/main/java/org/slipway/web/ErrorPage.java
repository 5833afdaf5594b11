package org.slipway.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;

/** Where the container sends failed requests: a page for people, nothing for programs. */
@WebServlet(urlPatterns = "/error-page")
public class ErrorPage extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    if (status == null) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    response.setStatus((Integer) status);
    String accepted = request.getHeader("Accept");
    if (accepted != null && accepted.contains("text/html")) {
      request.getRequestDispatcher(Page.ERROR.getPath()).forward(new Asked(request), response);
    }
  }

  /** The page of the error is asked for anew: what a refused form brought is none of its own. */
  private static final class Asked extends HttpServletRequestWrapper {
    Asked(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getMethod() {
      return "GET";
    }

    @Override
    public String getParameter(String name) {
      return null;
    }

    @Override
    public String[] getParameterValues(String name) {
      return null;
    }

    @Override
    public Map<String, String[]> getParameterMap() {
      return Map.of();
    }

    @Override
    public Enumeration<String> getParameterNames() {
      return Collections.emptyEnumeration();
    }
  }
}
