package org.slipway.web;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.Channel;
import org.slipway.accounts.RefusedException;

/**
 * Opens the channel on which a page is told of news only to those who may open the page; there is
 * one such page. That nobody else's page opens it is the browser's doing: the cookie is {@code
 * SameSite}, and the address cannot be guessed.
 */
public class PushGuard extends HttpFilter {
  private static final long serialVersionUID = 1L;
  static final String PATH = "/jakarta.faces.push/";

  @Inject private transient Authorization authorization;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!request.getServletPath().equals(PATH + LivePush.CHANNEL)) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    WebSession session = WebSession.of(request).orElse(null);
    if (session == null) {
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
      return;
    }
    try {
      session.requireOpen();
      authorization.require(session.accountId(), Channel.WEB, Page.LIVE.needed().orElseThrow());
    } catch (RefusedException e) {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    chain.doFilter(request, response);
  }
}
