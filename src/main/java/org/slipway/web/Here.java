package org.slipway.web;

import jakarta.faces.context.ExternalContext;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;

/**
 * The address of the page that a form was sent from, to show it anew. A form is sent without the
 * page's parameters; the browser tells them in the referrer.
 */
final class Here {
  private Here() {}

  static String url(ExternalContext external) {
    HttpServletRequest request = (HttpServletRequest) external.getRequest();
    String page = request.getContextPath() + request.getServletPath();
    String query = queryOf(request.getHeader("Referer"), page);
    return query == null ? page : page + "?" + query;
  }

  private static String queryOf(String referrer, String page) {
    try {
      URI from = URI.create(referrer == null ? "" : referrer);
      return page.equals(from.getPath()) ? from.getRawQuery() : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
