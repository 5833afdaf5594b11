package org.slipway.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;

/**
 * Refuses addresses that the container and the resources would read differently: path parameters
 * ({@code ;}), which are dropped silently, and segments of dots, plain or encoded.
 */
@WebFilter({"/api/*", "/boot/*", "/my/*"})
public class StrictPathFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      check(request.getRequestURI());
    } catch (RefusedException e) {
      Problems.send(response, Problems.of(e.refusal()));
      return;
    }
    chain.doFilter(request, response);
  }

  static void check(String raw) {
    for (String segment : raw.split("/")) {
      String decoded = RequestPath.decode(segment);
      if (decoded.equals(".") || decoded.equals("..")) {
        throw new RefusedException(Refusal.Kind.BAD_NAME, "A path may not have a segment of dots");
      }
    }
  }
}
