package org.slipway.web;

import jakarta.faces.context.ExternalContext;
import jakarta.servlet.http.HttpServletRequest;

/** The address of the page that a form was sent from, to show it anew. */
final class Here {
  private Here() {}

  static String url(ExternalContext external) {
    HttpServletRequest request = (HttpServletRequest) external.getRequest();
    String query = request.getQueryString();
    return request.getContextPath() + request.getServletPath() + (query == null ? "" : "?" + query);
  }
}
